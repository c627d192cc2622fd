import { expect, test } from 'vitest';
import { Projection, ProjectionTakenOverError } from '../../src/index.ts';
import { raiseFence } from '../../src/leadership/fence.ts';
import { recorded, smallProgramme } from '../events.ts';
import { closing, onEachEngine, type Engine } from './places.ts';

const log = recorded(smallProgramme());

async function openTwice(engine: Engine) {
  const place = await engine.place();
  const [one, other] = [await place.home(), await place.home()];
  const generation = await one.catalogue.begin(one.version, 'first');
  return {
    mine: closing(await one.open(generation, 'write')),
    theirs: closing(await other.open(generation, 'write')),
  };
}

function resume({ database }: Awaited<ReturnType<typeof openTwice>>['mine'], token: number) {
  return Projection.resume(database, {
    unreadable: 'set_aside',
    now: () => 0,
    fence: { token },
  });
}

onEachEngine((engine) => {
  test('whoever was shut out writes nothing, though the checkpoint stands where it left it', async () => {
    const { mine, theirs } = await openTwice(engine);
    await raiseFence(mine.database, { token: 5 });
    const projection = await resume(mine, 5);
    await projection.apply(log.slice(0, 2));
    await raiseFence(theirs.database, { token: 6 });
    await expect(projection.apply(log.slice(2, 4))).rejects.toThrow(ProjectionTakenOverError);
    expect((await theirs.database.checkpoint()).position).toBe(2);
    await expect(raiseFence(mine.database, { token: 5 })).rejects.toThrow(ProjectionTakenOverError);
    const next = await resume(theirs, 6);
    await next.apply(log.slice(2));
    expect((await mine.database.checkpoint()).position).toBe(log.length);
  });

  test('a fault of the database sets nothing aside, and it goes on when that is over', async () => {
    const { mine, theirs } = await openTwice(engine);
    await raiseFence(mine.database, { token: 5 });
    const projection = await resume(mine, 5);
    await projection.apply(log.slice(0, 2));
    await theirs.database.transaction(({ db }) =>
      db.schema.alterTable('facts').renameTo('facts_away').execute(),
    );
    await expect(projection.apply(log.slice(2))).rejects.toThrow('facts');
    expect((await mine.database.checkpoint()).position).toBe(2);
    const { db } = theirs.database.reading;
    expect(await db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
    await theirs.database.transaction((session) =>
      session.db.schema.alterTable('facts_away').renameTo('facts').execute(),
    );
    await projection.apply(log.slice(2));
    expect(await db.selectFrom('quarantine').selectAll().execute()).toEqual([]);
    expect((await mine.database.checkpoint()).position).toBe(log.length);
  });
});
