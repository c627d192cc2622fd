import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, test } from 'vitest';
import {
  BuildUnderWayError,
  openSqliteReadModel,
  READ_MODEL_VERSION,
  ReadModelBuildingError,
  rebuildBeside,
  sweepGenerations,
} from '../../src/index.ts';
import { buildLock } from '../../src/generations/read-model-home.ts';
import { click, day, order, refund, smallProgramme, type Written } from '../events.ts';
import { applyInBatches } from '../read-models.ts';
import { keeping, reading } from './keeping.ts';
import { differences, eventually, folder, logOf, onEachEngine, openHome, write } from './places.ts';

const sale: readonly Written[] = [
  ...smallProgramme(),
  click('v', 'ann-link', day(10)),
  order('o-1', 'c', day(12), { visitor: 'v' }),
  refund('o-1', 'r-1', day(13), 20_000),
];

onEachEngine((engine) => {
  test('builds the first generation, which readers then read, and keeps it up to date', async () => {
    const { store } = await logOf(sale);
    const place = await engine.place();
    const live = await reading(await place.home());
    await expect(live.readModel.status()).rejects.toThrow(ReadModelBuildingError);
    expect(live.generation()).toBeNull();

    const projector = keeping(store, await place.home());
    expect(await live.readable(20_000)).toBe(true);
    expect((await live.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
    const position = await write(store, [order('o-2', 'd', day(14), { visitor: 'v' })]);
    expect(await live.readModel.waitFor(position, 10_000)).toBe(true);
    expect((await live.readModel.decision('o-2'))?.award?.partnerId).toBe('ann');
    expect(live.generation()).toMatchObject({ version: READ_MODEL_VERSION, build: 1 });
    await projector.stop();
    expect(projector.errors).toEqual([]);
    expect(projector.phases.map(({ kind }) => kind)).toEqual([
      'standing_by',
      'building',
      'standing_by',
      'following',
    ]);
  });

  test.each(['before it had a place', 'with its place empty'])(
    'a first build that broke off %s is gone on with',
    async (where) => {
      const { store } = await logOf(sale);
      const place = await engine.place();
      const home = await place.home();
      await home.catalogue.begin(READ_MODEL_VERSION, 'first');
      if (where === 'with its place empty') await emptyPlace(place.address);
      const projector = keeping(store, home);
      const live = await reading(await place.home());
      expect(await live.readable(20_000)).toBe(true);
      expect((await live.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
      expect(live.generation()).toMatchObject({ version: READ_MODEL_VERSION, build: 1 });
      await projector.stop();
      expect(projector.errors).toEqual([]);
    },
  );

  test('a rebuild beside takes over while a reader goes on reading, and sees nothing less', async () => {
    const { store } = await logOf(sale);
    const place = await engine.place();
    const home = await place.home();
    const projector = keeping(store, home);
    const live = await reading(home);
    await live.readable(20_000);
    const polling = poll(live.readModel);
    const builds = new Set<number>();
    for (let run = 0; run < 3; run++) {
      await write(store, [order(`o-run-${String(run)}`, `x${String(run)}`, day(20 + run))]);
      const { build } = await rebuildBeside({ store, home: await place.home() });
      await write(store, [order(`o-after-${String(run)}`, `y${String(run)}`, day(30 + run))]);
      await eventually(() => live.generation()?.build === build);
      builds.add(build);
    }
    expect(await live.readModel.waitFor(await store.head(), 10_000)).toBe(true);
    const { positions, failures } = await polling.end();
    expect(failures).toEqual([]);
    expect(positions.length).toBeGreaterThan(20);
    expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    expect([...builds]).toEqual([2, 3, 4]);
    await projector.stop();
    const generation = live.generation();
    expect(generation).toMatchObject({ build: 4 });
    const opened = await home.open(generation ?? { version: 0, build: 0 }, 'read');
    expect(await differences(opened, store)).toEqual([]);
    await opened.close();
    expect(projector.errors).toEqual([]);
  });

  test('a snapshot under way is finished on the generation that it began with', async () => {
    const { store } = await logOf(sale);
    const home = await (await engine.place()).home();
    const projector = keeping(store, home);
    const live = await reading(home);
    await live.readable(20_000);
    await live.readModel.snapshot(async (snapshot) => {
      await rebuildBeside({ store, home });
      await eventually(() => live.generation()?.build === 2);
      const { rows } = await snapshot.decisions({ limit: 10, cursor: null });
      expect(rows.map(({ orderId }) => orderId)).toEqual(['o-1']);
    });
    await projector.stop();
  });

  test('a new version is built beside the old one, which is read and kept up to date meanwhile', async () => {
    const { store } = await logOf(sale);
    const place = await engine.place();
    const oldHome = await place.home({ version: 2 });
    keeping(store, oldHome);
    const oldApi = await reading(oldHome);
    await oldApi.readable(20_000);
    const newHome = await place.home({ version: 3, readableVersions: [2] });
    const newApi = await reading(newHome);
    const strictApi = await reading(await place.home({ version: 3, readableVersions: [] }));
    expect(newApi.generation()).toMatchObject({ version: 2 });
    await expect(strictApi.readModel.status()).rejects.toThrow(ReadModelBuildingError);
    const polling = [poll(oldApi.readModel), poll(newApi.readModel)];

    const position = await write(store, [order('o-2', 'd', day(14), { visitor: 'v' })]);
    keeping(store, newHome);
    expect(await strictApi.readable(20_000)).toBe(true);
    await eventually(() => newApi.generation()?.version === 3);
    for (const api of [oldApi, newApi, strictApi]) {
      expect(await api.readModel.waitFor(position, 10_000)).toBe(true);
    }
    for (const client of polling) {
      const { positions, failures } = await client.end();
      expect(failures).toEqual([]);
      expect(positions).toEqual(positions.toSorted((a, b) => a - b));
    }
    expect(oldApi.generation()).toMatchObject({ version: 2, build: 1 });
  });

  test('one build of a version at a time; one that broke off is removed, and its number not given again', async () => {
    const { store } = await logOf(sale);
    const place = await engine.place();
    const home = await place.home();
    await rebuildBeside({ store, home });
    const builder = await home.locks.tryTake(buildLock(home.version));
    await expect(rebuildBeside({ store, home: await place.home() })).rejects.toThrow(
      BuildUnderWayError,
    );
    await home.catalogue.begin(home.version, 'again');
    await builder?.release();
    expect(await rebuildBeside({ store, home })).toMatchObject({ build: 3 });
    const states = (await home.generations()).map(({ build, state }) => [build, state]);
    expect(states).toEqual([
      [1, 'retired'],
      [3, 'live'],
    ]);
  });

  test('a rebuild that is given up leaves the live generation and nothing else', async () => {
    const { store } = await logOf(sale);
    const home = await (await engine.place()).home();
    await rebuildBeside({ store, home });
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(rebuildBeside({ store, home, signal })).rejects.toThrow('enough');
    expect((await home.generations()).map(({ build, state }) => [build, state])).toEqual([
      [1, 'live'],
    ]);
  });

  test('what nobody needs any more is swept when its time is over', async () => {
    const { store } = await logOf(sale);
    const place = await engine.place();
    const older = await place.home({ version: 1, now: () => 0 });
    await rebuildBeside({ store, home: older });
    const home = await place.home({ version: 2, now: () => 1000 });
    await rebuildBeside({ store, home });
    await rebuildBeside({ store, home });
    const left = async () =>
      (await home.generations()).map(({ version, build }) => [version, build]);
    const times = { retiredMs: 500, olderVersionMs: 5000 };
    await sweepGenerations(home, times, 1499);
    expect(await left()).toEqual([
      [1, 1],
      [2, 1],
      [2, 2],
    ]);
    await sweepGenerations(home, times, 1500);
    expect(await left()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    const projector = await older.locks.tryTake('project-v1');
    await sweepGenerations(home, times, 6000);
    expect(await left()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    await projector?.release();
    await sweepGenerations(home, times, 6000);
    expect(await left()).toEqual([[2, 2]]);
  });
});

describe('files of an installation from before there were builds', () => {
  test('are the first build, and go on from where they stand', async () => {
    const path = folder();
    const { store } = await logOf(sale);
    const before = await openSqliteReadModel({ folder: path });
    const log = (await Array.fromAsync(store.readAll(0))).flat();
    await applyInBatches(before, log.slice(0, 4), [4]);
    await before.close();
    const home = await openHome(path);
    const live = await reading(home);
    expect((await live.readModel.status()).position).toBe(4);
    keeping(store, home);
    expect(await live.readModel.waitFor(await store.head(), 10_000)).toBe(true);
    expect(live.generation()).toMatchObject({ build: 1 });
  });

  test('may be deleted, while they are in use too: then they are built again', async () => {
    const path = folder();
    const { store } = await logOf(sale);
    const home = await openHome(path);
    keeping(store, home);
    const live = await reading(home);
    await live.readable(20_000);
    for (const end of ['', '-wal', '-shm']) {
      rmSync(join(path, `read-model-v${String(READ_MODEL_VERSION)}.sqlite${end}`), { force: true });
    }
    await eventually(() => live.generation()?.build === 2);
    expect((await live.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
    expect(existsSync(join(path, `read-model-v${String(READ_MODEL_VERSION)}-b2.sqlite`))).toBe(
      true,
    );
  });
});

interface Polling {
  /** What was seen, in the order in which it was asked for. */
  end(): Promise<{ readonly positions: number[]; readonly failures: unknown[] }>;
}

/** Asks again and again, one request after the other, as a client of the API does. */
function poll(model: {
  status(): Promise<{ position: number }>;
  link(code: string): Promise<unknown>;
}): Polling {
  const positions: number[] = [];
  const failures: unknown[] = [];
  const end = new AbortController();
  const asking = (async () => {
    while (!end.signal.aborted) {
      try {
        positions.push((await model.status()).position);
        if ((await model.link('ann-link')) === null) failures.push('the link is gone');
      } catch (error) {
        failures.push(error);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
  })();
  return {
    end: async () => {
      end.abort();
      await asking;
      return { positions, failures };
    },
  };
}

/** As a process that ends while it makes its first tables leaves it. */
async function emptyPlace(address: string): Promise<void> {
  const name = `read-model-v${String(READ_MODEL_VERSION)}`;
  if (!address.startsWith('postgres:')) {
    writeFileSync(join(address, `${name}.sqlite`), '');
    return;
  }
  const client = new Client({ connectionString: address });
  await client.connect();
  await client.query(`create schema ${name.replaceAll('-', '_')}`);
  await client.end();
}
