import type { EventStore } from '@provisie/event-store';
import { expect, onTestFinished, test } from 'vitest';
import { loadUnderWay } from '../../src/build/touch-load.ts';
import { rebuildBeside, type ReadModelHome } from '../../src/index.ts';
import { click, day, order, refund, smallProgramme, visit, type Written } from '../events.ts';
import { keeperProcess, type KeeperProcess } from './keeper-process.ts';
import { reading } from './keeping.ts';
import { differences, eventually, logOf, onEachEngine, write } from './places.ts';

/** The promise, and no more than a busy machine needs on top of it to have a process's line read. */
const TAKE_OVER_MS = 3000;

/** Each starts processes of its own, which takes long where others do so too. */
const SLOW = { timeout: 120_000 };

function trade(from: number, count: number): Written[] {
  return Array.from({ length: count }, (_, index) => from + index).flatMap((number) => {
    const who = `v-${String(number)}`;
    return [
      click(who, 'ann-link', day(10, number)),
      visit(who, day(11, number), { ref: 'bob-link' }),
      order(`o-${String(number)}`, `c-${String(number)}`, day(12, number), { visitor: who }),
      refund(`o-${String(number)}`, 'r', day(13, number), 100),
    ];
  });
}

/** Writes until it is told to stop; resolves to how much that was. */
function writing(store: EventStore): { stop(): Promise<number> } {
  let number = 1000;
  const end = new AbortController();
  onTestFinished(() => {
    end.abort();
  });
  const ended = (async () => {
    while (!end.signal.aborted) {
      await write(store, trade(number, 2));
      number += 2;
      await new Promise((resolve) => {
        setTimeout(resolve, 200);
      });
    }
    return number;
  })();
  return {
    stop: () => {
      end.abort();
      return ended;
    },
  };
}

async function isEqualToARebuild(home: ReadModelHome, store: EventStore): Promise<void> {
  const live = await reading(home);
  expect(await live.readModel.waitFor(await store.head(), 60_000)).toBe(true);
  const generation = live.generation();
  expect(generation).not.toBeNull();
  const opened = await home.open(generation ?? { version: 0, build: 0 }, 'read');
  expect(await differences(opened, store)).toEqual([]);
  await opened.close();
}

/** Who leads, and who stands by, once it is settled. */
async function settled(one: KeeperProcess, other: KeeperProcess) {
  const leads = (keeper: KeeperProcess) => keeper.phase() === 'following';
  const stands = (keeper: KeeperProcess) => keeper.phase() === 'standing_by';
  await eventually(() => (leads(one) && stands(other)) || (leads(other) && stands(one)), 30_000);
  return leads(one) ? { leader: one, standBy: other } : { leader: other, standBy: one };
}

onEachEngine((engine) => {
  test(
    'a leader that is killed while the log is written is replaced within three seconds',
    SLOW,
    async () => {
      const { store, file } = await logOf([...smallProgramme(), ...trade(0, 20)]);
      const place = await engine.place();
      const home = await place.home();
      await rebuildBeside({ store, home });
      const { leader, standBy } = await settled(
        keeperProcess('keep', file, place.address),
        keeperProcess('keep', file, place.address),
      );
      const writer = writing(store);
      const killedAt = performance.now();
      leader.kill('SIGKILL');
      const takenAt = await standBy.reaches('following', killedAt);
      await writer.stop();
      expect(takenAt - killedAt).toBeLessThan(TAKE_OVER_MS);
      await isEqualToARebuild(home, store);
    },
  );

  test('a leader that stops cleanly hands over at once', SLOW, async () => {
    const { store, file } = await logOf([...smallProgramme(), ...trade(0, 20)]);
    const place = await engine.place();
    await rebuildBeside({ store, home: await place.home() });
    const { leader, standBy } = await settled(
      keeperProcess('keep', file, place.address),
      keeperProcess('keep', file, place.address),
    );
    const stoppedAt = performance.now();
    leader.kill('SIGTERM');
    const takenAt = await standBy.reaches('following', stoppedAt);
    await leader.ended;
    expect(takenAt - stoppedAt).toBeLessThan(1500);
    expect(leader.sayings.filter(({ error }) => error !== undefined)).toEqual([]);
  });

  test('a leader that hangs is replaced, and writes nothing when it wakes up', SLOW, async () => {
    const { store, file } = await logOf([...smallProgramme(), ...trade(0, 20)]);
    const place = await engine.place();
    const home = await place.home();
    await rebuildBeside({ store, home });
    const { leader, standBy } = await settled(
      keeperProcess('keep', file, place.address),
      keeperProcess('keep', file, place.address),
    );
    const hungAt = performance.now();
    leader.kill('SIGSTOP');
    const writer = writing(store);
    await standBy.reaches('following', hungAt);
    const wokenAt = performance.now();
    leader.kill('SIGCONT');
    await leader.reaches('standing_by', wokenAt);
    await writer.stop();
    expect(standBy.phase()).toBe('following');
    expect(standBy.sayings.filter(({ error }) => error !== undefined)).toEqual([]);
    await isEqualToARebuild(home, store);
  });

  test('two that write without asking who leads do nothing twice', SLOW, async () => {
    const { store, file } = await logOf(smallProgramme());
    const place = await engine.place();
    const home = await place.home();
    await rebuildBeside({ store, home });
    const keepers = [
      keeperProcess('hammer', file, place.address),
      keeperProcess('hammer', file, place.address),
    ];
    await Promise.all(keepers.map((keeper) => keeper.reaches('hammering')));
    const live = await reading(home);
    const haveCollided = () =>
      keepers.some(({ sayings }) => sayings.some(({ takenOver }) => takenOver === true));
    // On a busy machine one may have done it all before the other gets its turn.
    for (let order = 0; order < 600 && !haveCollided(); order += 30) {
      await write(store, trade(order, 30));
      expect(await live.readModel.waitFor(await store.head(), 60_000)).toBe(true);
    }
    expect(haveCollided()).toBe(true);
    for (const keeper of keepers) {
      keeper.kill('SIGTERM');
      await keeper.ended;
    }
    await isEqualToARebuild(home, store);
  });

  test('a build that is killed is gone on with by the next', SLOW, async () => {
    const { store, file } = await logOf([...smallProgramme(), ...trade(0, 100)]);
    const place = await engine.place();
    const home = await place.home();
    const first = keeperProcess('slowly', file, place.address);
    await first.reaches('building');
    const loadedTo = async () => {
      const [generation] = await home.generations();
      if (generation === undefined) return 0;
      try {
        const opened = await home.open(generation, 'read');
        const load = await loadUnderWay(opened.database);
        await opened.close();
        return load?.last_position ?? 0;
      } catch {
        // Its tables are being made.
        return 0;
      }
    };
    await eventually(async () => (await loadedTo()) > 40, 30_000);
    first.kill('SIGKILL');
    await first.ended;
    const brokenOffAt = await loadedTo();
    expect(brokenOffAt).toBeGreaterThan(40);
    expect(brokenOffAt).toBeLessThan(await store.head());

    const next = keeperProcess('keep', file, place.address);
    await next.reaches('following');
    expect(next.sayings.find(({ phase }) => phase === 'building')?.build).toBe(1);
    await isEqualToARebuild(home, store);
  });
});
