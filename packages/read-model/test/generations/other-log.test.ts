import { join } from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { expect, test } from 'vitest';
import { day, order, smallProgramme, type Written } from '../events.ts';
import { keeping, reading } from './keeping.ts';
import { closing, differences, eventually, folder, onEachEngine, write } from './places.ts';

const start = [...smallProgramme(), order('o-1', 'c', day(12), { codes: ['ANN10'] })];
const lost = ['a', 'b', 'c'].map((id) => order(`lost-${id}`, `c-${id}`, day(13)));
const news = ['a', 'b', 'c', 'd', 'e'].map((id) => order(`new-${id}`, `c-${id}`, day(14)));

/** A log of which `later` was recorded at another time than that of any other. */
async function logThatWentOn(later: readonly Written[]) {
  let now = Date.UTC(2026, 5, 1);
  const file = join(folder(), 'events.sqlite');
  const store = closing(openSqliteEventStore({ file, clock: () => now }));
  await write(store, start);
  now += later.length * 60_000;
  await write(store, later);
  return store;
}

onEachEngine((engine) => {
  test.each([
    ['shorter', []],
    ['longer', news],
  ])('of a log that was put back and is %s now, another read model is made', async (_, later) => {
    const place = await engine.place();
    const before = keeping(await logThatWentOn(lost), await place.home());
    const live = await reading(await place.home());
    expect(await live.readable(20_000)).toBe(true);
    await eventually(async () => (await live.readModel.decision('lost-c')) !== null);
    await before.stop();
    expect(before.errors).toEqual([]);

    const store = await logThatWentOn(later);
    const projector = keeping(store, await place.home());
    await eventually(() => live.generation()?.build === 2);
    expect(await live.readModel.waitFor(await store.head(), 10_000)).toBe(true);
    expect(await live.readModel.decision('lost-c')).toBeNull();
    for (const { event } of later) {
      const orderId = 'orderId' in event.data ? String(event.data.orderId) : '';
      expect(await live.readModel.decision(orderId)).not.toBeNull();
    }
    await projector.stop();
    expect(projector.errors).toMatchObject([{ code: 'made_from_other_log' }]);
    const opened = closing(
      await (await place.home()).open(live.generation() ?? { version: 0, build: 0 }, 'read'),
    );
    expect(await differences(opened, store)).toEqual([]);
  });

  test('what was made from another log is not read while another is built', async () => {
    const place = await engine.place();
    const before = keeping(await logThatWentOn(lost), await place.home());
    const live = await reading(await place.home());
    await live.readable(20_000);
    await eventually(async () => (await live.readModel.decision('lost-c')) !== null);
    await before.stop();

    const home = await place.home();
    const building = await home.locks.tryTake(`build-v${String(home.version)}`);
    const projector = keeping(await logThatWentOn([]), await place.home());
    await eventually(() => projector.phases.some(({ kind }) => kind === 'waiting'));
    await eventually(() => live.generation() === null);
    await expect(live.readModel.decision('lost-c')).rejects.toMatchObject({
      code: 'read_model_building',
    });
    await building?.release();
    expect(await live.readable(20_000)).toBe(true);
    expect(await live.readModel.decision('lost-c')).toBeNull();
  });
});
