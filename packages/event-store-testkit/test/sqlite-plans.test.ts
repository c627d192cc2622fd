import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { anEvent, events, mustBeOk, ofLog, ofStream } from '../src/contract/given.ts';
import { StoreFolder } from '../src/sqlite-files.ts';

let folder: StoreFolder;

beforeEach(() => {
  folder = new StoreFolder();
});

afterEach(async () => {
  vi.restoreAllMocks();
  await folder.remove();
});

/** All that a store asks of SQLite while it is used in every way. */
async function statementsOfUse(): Promise<readonly string[]> {
  const prepare = vi.spyOn(Database.prototype, 'prepare');
  const store = folder.open();
  const given = events(3);
  mustBeOk(await store.append('order-1', given, 'no_stream'));
  mustBeOk(await store.append('link-1', events(1), 'any'));
  expect(await store.append('order-1', [anEvent()], 7)).toMatchObject({ ok: false });
  expect(await store.append('order-1', given, 'any')).toMatchObject({ ok: true, repeated: true });
  expect(await ofStream(store, 'order-1')).toHaveLength(3);
  expect(await ofLog(store)).toHaveLength(4);
  expect(await ofLog(store, 0, { categories: ['order', 'link', 'none'] })).toHaveLength(4);
  await store.importEvents(await ofLog(store));
  await store.close();
  const asked = prepare.mock.calls.map(([sql]) => sql);
  prepare.mockRestore();
  return [...new Set(asked)].filter((sql) => /\b(events|streams|categories)\b/.test(sql));
}

test('no statement goes through a whole table or index, so none gets slower as the log grows', async () => {
  const statements = await statementsOfUse();
  expect(statements.length).toBeGreaterThan(10);
  const database = new Database(folder.file);
  const plans = statements.map((sql) => {
    const parameters = Array.from(sql.matchAll(/\?/g), () => 1);
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
    return { sql, steps: JSON.stringify(steps) };
  });
  database.close();
  expect(plans.filter(({ steps }) => /SCAN (e|s|events|streams|categories)\b/.test(steps))).toEqual(
    [],
  );
  const selects = plans.filter(({ sql }) => sql.startsWith('SELECT'));
  expect(selects.filter(({ steps }) => !steps.includes('SEARCH'))).toEqual([]);
});
