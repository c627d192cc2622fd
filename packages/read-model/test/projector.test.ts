import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type EventStore } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  openSqliteReadModel,
  openSqliteReadModelHome,
  Projection,
  ProjectionTakenOverError,
  ReadModelFileError,
  rebuildBeside,
  startProjector,
  UnreadableEventError,
  verify,
} from '../src/index.ts';
import { projectorLag } from '../src/applying/projector.ts';
import {
  click,
  day,
  order,
  recorded,
  refund,
  smallProgramme,
  uuid,
  type Written,
} from './events.ts';
import {
  applyInBatches,
  closing,
  emptySqliteReadModel as emptyReadModel,
  temporaryFolder,
} from './read-models.ts';

const sale: readonly Written[] = [
  ...smallProgramme(),
  click('v', 'ann-link', day(10)),
  order('o-1', 'c', day(12), { visitor: 'v' }),
  refund('o-1', 'r-1', day(13), 20_000),
];

async function logOf(events: readonly Written[], folder = temporaryFolder()): Promise<EventStore> {
  const store = closing(openSqliteEventStore({ file: join(folder, 'events.sqlite') }));
  await write(store, events);
  return store;
}

async function write(store: EventStore, events: readonly Written[]): Promise<number> {
  let position = 0;
  for (const { stream, event } of events) {
    const result = await store.append(stream, [event], 'any');
    if (result.ok) position = result.position;
  }
  return position;
}

const unreadable: Written = {
  stream: 'order-x',
  event: {
    id: uuid('x'),
    type: 'OrderPlaced',
    version: 1,
    occurredAt: day(1),
    data: { odd: true },
  },
};

test('follows the log and wakes who waits for a position', async () => {
  const store = await logOf(sale);
  const model = await emptyReadModel();
  const stop = new AbortController();
  const errors: unknown[] = [];
  const projector = startProjector({
    store,
    database: model.database,
    signal: stop.signal,
    onError: (error) => errors.push(error),
  });
  expect(await model.readModel.waitFor(await store.head(), 10_000)).toBe(true);
  expect((await model.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);

  const position = await write(store, [order('o-2', 'd', day(14), { visitor: 'v' })]);
  expect(await model.readModel.waitFor(position, 10_000)).toBe(true);
  expect((await model.readModel.decision('o-2'))?.award?.partnerId).toBe('ann');
  expect(await projectorLag(store, await model.readModel.status(), Date.now())).toMatchObject({
    positions: 0,
  });

  stop.abort();
  expect(await projector.stopped).toBe('aborted');
  expect(errors).toEqual([]);
});

test('once it has caught up it rests, and what comes meanwhile goes together', async () => {
  const store = await logOf(smallProgramme());
  const { database } = await emptyReadModel();
  const stop = new AbortController();
  const batches: number[] = [];
  const projector = startProjector({
    store,
    database,
    signal: stop.signal,
    restMs: 1500,
    onError: (error) => {
      throw error;
    },
    onProgress: ({ batch }) => {
      if (batch !== null) batches.push(batch.events);
    },
  });
  await expect.poll(() => batches).toEqual([smallProgramme().length]);
  for (const n of [1, 2, 3]) await write(store, [click('v', 'ann-link', day(n))]);
  await expect.poll(() => batches.length, { timeout: 5000 }).toBe(2);
  expect(batches[1]).toBe(3);
  stop.abort();
  expect(await projector.stopped).toBe('aborted');
});

test('waiting ends without success at its time limit and when the caller gives up', async () => {
  const { readModel } = await emptyReadModel();
  expect(await readModel.waitFor(0, 0)).toBe(true);
  expect(await readModel.waitFor(1, 20)).toBe(false);
  expect(await readModel.waitFor(1, 10_000, AbortSignal.abort())).toBe(false);
});

test('a read model opened for reading sees what the projector of another connection did', async () => {
  const writer = await emptyReadModel();
  const reader = closing(await openSqliteReadModel({ file: writer.file, readOnly: true }));
  const waiting = reader.readModel.waitFor(sale.length, 10_000);
  await applyInBatches(writer, recorded(sale), [5]);
  expect(await waiting).toBe(true);
  expect((await reader.readModel.status()).position).toBe(sale.length);
});

test('of two projectors on one file the one that comes too late stops and has written nothing', async () => {
  const log = recorded(sale);
  const first = await emptyReadModel();
  const second = closing(await openSqliteReadModel({ file: first.file }));
  const options = { unreadable: 'stop', now: () => 0 } as const;
  const slow = await Projection.resume(second.database, options);
  await applyInBatches(first, log.slice(0, 4), [4]);
  await expect(slow.apply(log.slice(0, 10))).rejects.toThrow(ProjectionTakenOverError);
  expect((await second.readModel.status()).position).toBe(4);
});

test('two live projectors on one file: one goes on to the end, the other stops', async () => {
  const store = await logOf(sale);
  const stop = new AbortController();
  const first = await emptyReadModel();
  const models = [first, closing(await openSqliteReadModel({ file: first.file }))];
  const projectors = models.map(({ database }) =>
    startProjector({
      store,
      database,
      signal: stop.signal,
      onError: () => {},
      batchSize: 1,
      sliceMs: 0,
    }),
  );
  const taken = await Promise.race(projectors.map((projector) => projector.stopped));
  expect(taken).toBe('taken_over');
  expect(await first.readModel.waitFor(await store.head(), 10_000)).toBe(true);
  stop.abort();
  const ends = await Promise.all(projectors.map((projector) => projector.stopped));
  expect(ends.toSorted()).toEqual(['aborted', 'taken_over']);
  const report = await verify({ store, database: first.database });
  expect(report.ok).toBe(true);
});

test('a batch that breaks off leaves nothing behind, and the next projector goes on from there', async () => {
  const log = recorded(sale);
  const model = await emptyReadModel();
  await applyInBatches(model, log.slice(0, 6), [3]);
  const before = await model.readModel.links({}, { limit: 10, cursor: null });
  const breaking = await Projection.resume(model.database, {
    unreadable: 'stop',
    now: () => {
      throw new Error('power cut');
    },
  });
  await expect(breaking.apply(log.slice(6))).rejects.toThrow('power cut');
  expect((await model.readModel.status()).position).toBe(6);
  expect(await model.readModel.links({}, { limit: 10, cursor: null })).toEqual(before);
  await applyInBatches(model, log.slice(6), [2]);
  expect((await model.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
});

test.each(['set_aside', 'stop'] as const)(
  'damage to the log is nobody’s event: nothing is set aside, with %s',
  async (unreadableEvents) => {
    const folder = temporaryFolder();
    const store = await logOf(sale, folder);
    await store.close();
    const file = new Database(join(folder, 'events.sqlite'));
    file.exec(`UPDATE events SET data = '{"orderId" "o-1"}' WHERE position = ${sale.length - 1}`);
    file.close();
    const damaged = closing(
      openSqliteEventStore({ file: join(folder, 'events.sqlite'), readOnly: true }),
    );
    const { database } = await emptyReadModel();
    const options = { unreadable: unreadableEvents, now: () => 0 };
    const projection = await Projection.resume(database, options);
    await expect(projection.apply(damaged.readBatch(0))).rejects.toMatchObject({
      code: 'store_corrupt',
    });
    expect(projection.position).toBe(0);
  },
);

test('an event that cannot be read is set aside live, and stops a rebuild', async () => {
  const folder = temporaryFolder();
  const store = await logOf([...sale.slice(0, 5), unreadable, ...sale.slice(5)], folder);
  const model = await emptyReadModel();
  const stop = new AbortController();
  const errors: unknown[] = [];
  const projector = startProjector({
    store,
    database: model.database,
    signal: stop.signal,
    onError: (error) => errors.push(error),
  });
  expect(await model.readModel.waitFor(await store.head(), 10_000)).toBe(true);
  stop.abort();
  await projector.stopped;
  expect(errors).toHaveLength(1);
  expect(errors[0]).toBeInstanceOf(UnreadableEventError);
  expect(await model.readModel.quarantine({ limit: 10, cursor: null })).toMatchObject({
    rows: [{ position: 6, eventId: uuid('x'), stream: 'order-x', type: 'OrderPlaced' }],
  });
  expect((await model.readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
  expect((await verify({ store, database: model.database })).ok).toBe(true);

  const home = closing(await openSqliteReadModelHome({ folder }));
  await expect(rebuildBeside({ store, home })).rejects.toThrow(UnreadableEventError);
  expect(await home.generations()).toEqual([]);
  expect(readdirSync(folder).filter((name) => name.startsWith('read-model-v'))).toEqual([]);
});

test('a rebuild takes the place of the old read model, shows its progress and equals the live tables', async () => {
  const store = await logOf(sale);
  const old = await emptyReadModel();
  await applyInBatches(old, recorded(sale.slice(0, 3)), [100]);
  const home = closing(await openSqliteReadModelHome({ folder: dirname(old.file) }));
  const progress: number[] = [];
  const generation = await rebuildBeside({
    store,
    home,
    onProgress: ({ handled, total }) => progress.push(handled / total),
  });
  expect(generation).toMatchObject({ build: 2, state: 'live' });
  expect(progress.at(-1)).toBe(1);
  const { readModel, database } = closing(await home.open(generation, 'read'));
  expect((await readModel.status()).position).toBe(await store.head());
  expect((await readModel.decision('o-1'))?.commission?.amountCents).toBe(5000);
  expect((await verify({ store, database })).ok).toBe(true);
});

test('verify finds a row that was changed, a row that is gone, and a ledger off balance', async () => {
  const store = await logOf(sale);
  const home = closing(await openSqliteReadModelHome({ folder: temporaryFolder() }));
  const { database } = closing(await home.open(await rebuildBeside({ store, home }), 'write'));
  await database.transaction(async ({ db }) => {
    await db.updateTable('commissions').set({ amount_cents: 6000 }).execute();
    await db.deleteFrom('links').where('code', '=', 'bob-link').execute();
    await db.updateTable('journal_lines').set({ amount_cents: 1 }).where('line', '=', 1).execute();
  });
  const report = await verify({ store, database });
  expect(report.ok).toBe(false);
  const differing = report.tables.filter((table) => !table.equal);
  expect(differing.map((table) => table.table)).toEqual(['links', 'commissions', 'journal_lines']);
  expect(differing[0]).toMatchObject({ liveRows: 2, rebuiltRows: 3 });
  expect(differing[1]?.firstDifference).toMatchObject({
    live: { amount_cents: 6000 },
    rebuilt: { amount_cents: 5000 },
  });
  expect(report.ledgerViolations.join(' ')).toContain('off balance');
  expect(report.ledgerViolations.join(' ')).toContain('the commission is 6000');
});

test.each([
  ['no database', 'hello, this is no database file at all'.repeat(50)],
  ['too short', 'x'],
])('a file that is %s is refused by name, and may be deleted', async (_, content) => {
  const file = join(temporaryFolder(), 'broken.sqlite');
  writeFileSync(file, content);
  await expect(openSqliteReadModel({ file })).rejects.toThrow(ReadModelFileError);
  await expect(openSqliteReadModel({ file })).rejects.toThrow(/Delete the file/);
});

test('a database of something else is refused', async () => {
  const folder = temporaryFolder();
  await logOf([], folder);
  const file = join(folder, 'events.sqlite');
  await expect(openSqliteReadModel({ file })).rejects.toThrow(ReadModelFileError);
});
