import { Client } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { rebuildBeside, type ReadModelHome } from '../../src/index.ts';
import type { LockTimes } from '../../src/leadership/locks.ts';
import { smallProgramme } from '../events.ts';
import { keeping, reading } from './keeping.ts';
import { eventually, logOf, onEachEngine, write } from './places.ts';

const SHORT: LockTimes = { leaseMs: 400, renewMs: 50 };

function held(home: ReadModelHome, name = 'lock') {
  return home.locks.tryTake(name);
}

onEachEngine((engine) => {
  test('one holds a lock at a time, and each holder has a greater token than all before', async () => {
    const place = await engine.place();
    const [one, other] = [await place.home(), await place.home()];
    const first = await held(one);
    expect(await held(other)).toBeNull();
    const second = await held(other, 'another lock');
    await first?.release();
    const third = await held(other);
    const tokens = [first, second, third].map((lock) => lock?.token ?? 0);
    expect(tokens[0]).toBeGreaterThan(0);
    expect(tokens).toEqual([...new Set(tokens)].toSorted((a, b) => a - b));
    expect(await held(one)).toBeNull();
    // What was given back can't be given back again.
    await first?.release();
    expect(await held(one)).toBeNull();
    expect(third?.lost.aborted).toBe(false);
  });

  test('a lock outlasts its lease while its holder is well, and not when the event loop stood still', async () => {
    const place = await engine.place();
    const [one, other] = [
      await place.home({ lockTimes: SHORT }),
      await place.home({ lockTimes: SHORT }),
    ];
    const first = await held(one);
    const until = performance.now() + 3 * SHORT.leaseMs;
    await eventually(async () => {
      expect(await held(other)).toBeNull();
      return performance.now() > until;
    });
    expect(first?.lost.aborted).toBe(false);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * SHORT.leaseMs);
    await eventually(() => first?.lost.aborted === true);
    let second: Awaited<ReturnType<typeof held>> = null;
    await eventually(async () => {
      second ??= await held(other);
      return second !== null;
    });
  });
});

onEachEngine((engine) => {
  test.skipIf(engine.name === 'sqlite')(
    'a leader whose connections the server ends stops, and leads again or is replaced',
    async () => {
      const { store } = await logOf(smallProgramme());
      const place = await engine.place();
      const home = await place.home();
      await rebuildBeside({ store, home });
      const projectors = [keeping(store, home), keeping(store, await place.home())];
      const follows = () =>
        projectors.filter(({ phases }) => phases.at(-1)?.kind === 'following').length === 1;
      await eventually(follows);
      const before = projectors.map(({ phases }) => phases.length);

      const admin = new Client({ connectionString: place.address });
      await admin.connect();
      onTestFinished(() => admin.end());
      const ended = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'provisie lock' and datname = current_database()`,
      );
      expect(ended.rowCount).toBeGreaterThan(0);
      await eventually(
        () =>
          projectors.some(({ phases }, index) => phases.length > (before[index] ?? 0)) && follows(),
      );

      const live = await reading(home);
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
        where pid <> pg_backend_pid() and datname = current_database()`,
      );
      const [again] = smallProgramme();
      const position = await write(store, again === undefined ? [] : [again]);
      // A query on a connection that was just ended fails, as any does; the next one has a new connection.
      await eventually(() => live.readModel.waitFor(position, 1000).catch(() => false));
      await eventually(follows);
    },
  );
});
