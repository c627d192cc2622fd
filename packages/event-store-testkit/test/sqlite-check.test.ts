import {
  closeSync,
  copyFileSync,
  openSync,
  readFileSync,
  readdirSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EventChain, eventLine } from '@provisie/event-store/log-equality';
import {
  checkEventFile,
  rescueEvents,
  type EventFileCheckOptions,
} from '@provisie/event-store/sqlite/upkeep';
import type { RecordedEvent } from '@provisie/event-store';
import { anEvent, idsOf, mustBeOk, ofLog } from '../src/contract/given.ts';
import { StoreFolder } from '../src/sqlite-files.ts';

const EVENTS = 300;
const PAGE_BYTES = 4096;

let folder: StoreFolder;

beforeEach(() => {
  folder = new StoreFolder();
});

afterEach(() => folder.remove());

/** One file without a write-ahead log beside it, so that all of it can be damaged. */
async function filled(count = EVENTS): Promise<RecordedEvent[]> {
  const store = folder.open({ clock: () => 1000 });
  const head = await store.head();
  for (let n = head; n < head + count; n += 1) {
    const data = { programmeId: `p${n % 40}`, text: 'x'.repeat(500) };
    const event = anEvent(data, { type: 'ProgrammeClosed' });
    mustBeOk(await store.append(`programme-p${n % 40}`, [event], 'any'));
  }
  const log = await ofLog(store);
  await store.close();
  return log;
}

function change(sql: string): void {
  const database = new Database(folder.file);
  database.unsafeMode(true).exec(sql);
  database.close();
}

/** The pages that hold events, in log order. */
function eventPages(): number[] {
  const database = new Database(folder.file, { readonly: true });
  const pages = database
    .prepare<[], number>(
      "SELECT pageno FROM dbstat WHERE name = 'events' AND pagetype = 'leaf' ORDER BY path",
    )
    .pluck()
    .all();
  database.close();
  return pages;
}

function overwrite(page: number, bytes: Uint8Array): void {
  const handle = openSync(folder.file, 'r+');
  writeSync(handle, bytes, 0, bytes.length, (page - 1) * PAGE_BYTES);
  closeSync(handle);
}

const zeroes = Buffer.alloc(PAGE_BYTES);

async function check(options: EventFileCheckOptions = {}): Promise<Record<string, string>> {
  const { faults } = await checkEventFile(folder.file, options);
  return Object.fromEntries(faults.map(({ kind, first }) => [kind, first]));
}

function chainOf(log: readonly RecordedEvent[]) {
  const chain = new EventChain();
  for (const event of log) chain.add(eventLine(event));
  return { events: chain.events, hash: chain.hash };
}

describe('a whole file', () => {
  test('has no fault, and says how far it reaches', async () => {
    const log = await filled();
    expect(await checkEventFile(folder.file)).toEqual({
      faults: [],
      events: EVENTS,
      lastPosition: EVENTS,
      lastRecordedAt: 1000,
      chain: chainOf(log),
    });
  });

  test('begins with what was backed up of it, or is told to be another', async () => {
    const log = await filled();
    expect(await check({ expected: chainOf(log) })).toEqual({});
    expect(await check({ expected: chainOf(log.slice(0, 170)) })).toEqual({});
    expect(await check({ expected: chainOf([]) })).toEqual({});
    const altered = await check({ expected: { ...chainOf(log), hash: 'f'.repeat(64) } });
    expect(altered['chain']).toContain('the first 300 events are not those that were backed up');
    const more = await check({ expected: { ...chainOf(log), events: 301 } });
    expect(more['chain']).toContain('fewer readable events than the 301');
  });

  test('may be written to meanwhile', async () => {
    await filled();
    const store = folder.open();
    const during = { n: 0 };
    const checked = checkEventFile(folder.file, {
      onProgress: () => {
        during.n += 1;
        void store.append('programme-p1', [anEvent()], 'any');
      },
    });
    expect((await checked).faults).toEqual([]);
    expect(during.n).toBeGreaterThan(0);
  });
});

describe('each fault is named with its first place', () => {
  test.each([
    [
      'revision',
      'UPDATE events SET revision = 9 WHERE position IN (281, 282)',
      'stream programme-p0 has revision 9 at position 281 where 7 is due',
    ],
    [
      'stream',
      "UPDATE streams SET revision = 3 WHERE name = 'programme-p2'",
      'stream programme-p2 ends with revision 7, and the list of streams says 3',
    ],
    [
      'stream',
      'UPDATE events SET stream_id = 999, revision = position WHERE position = 12',
      'position 12 names a stream that isn',
    ],
    [
      'category',
      "INSERT INTO categories (name) VALUES ('x'); UPDATE events SET category_id = 2 WHERE position = 5",
      'position 5, stream programme-p4: its category is x',
    ],
    [
      'recorded_at',
      'UPDATE events SET recorded_at = 999 WHERE position = 30',
      'position 30 was recorded at 1970-01-01T00:00:00.999Z, before',
    ],
    [
      'json',
      `UPDATE events SET data = '{"programmeId":' WHERE position IN (7, 8)`,
      'position 7: its data are no JSON',
    ],
    [
      'json',
      `UPDATE events SET metadata = '[]' WHERE position = 9`,
      'position 9: its metadata are no JSON object',
    ],
    ['id', "UPDATE events SET event_id = x'01' WHERE position = 3", 'position 3 has an id of 1'],
    ['event', "UPDATE events SET type = 'Unheard' WHERE position = 4", 'position 4'],
    [
      'event',
      `UPDATE events SET data = '{"programmeId":7}' WHERE position = 6`,
      'programmeId: Invalid input',
    ],
    [
      'position',
      `UPDATE events SET revision = revision + 100 WHERE position IN (1, 41);
       UPDATE events SET revision = 1 WHERE position = 1; UPDATE events SET revision = 0 WHERE position = 41`,
      'stream programme-p0: revision 1 lies before revision 0 in the log',
    ],
    ['schema', 'DROP INDEX events_by_category', 'index events_by_category is missing'],
    ['schema', 'CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END', 'trigger t is not'],
  ])('%s: %s', async (kind, sql, expected) => {
    await filled();
    change(sql);
    expect((await check())[kind]).toContain(expected);
  });

  test('how many there are of it', async () => {
    await filled();
    change(`UPDATE events SET data = '{' WHERE position > 290`);
    const { faults, chain } = await checkEventFile(folder.file);
    expect(faults).toMatchObject([{ kind: 'json', count: 10 }]);
    expect(chain).toBeNull();
  });

  test('an index that lost an entry', async () => {
    await filled();
    const database = new Database(folder.file);
    const page = database
      .prepare("SELECT max(pageno) FROM dbstat WHERE name = 'events_by_id' AND pagetype = 'leaf'")
      .pluck()
      .get();
    database.close();
    overwrite(Number(page), zeroes);
    expect((await check())['integrity']).toBeDefined();
  });

  test('a letter that changed on the disk shows against a backup only', async () => {
    const log = await filled();
    const text = readFileSync(folder.file, 'latin1').replaceAll(
      '"programmeId":"p7"',
      '"programmeId":"p6"',
    );
    writeFileSync(folder.file, text, 'latin1');
    expect(await check()).toEqual({});
    expect(Object.keys(await check({ expected: chainOf(log) }))).toEqual(['chain']);
  });
});

describe('no event store', () => {
  test.each([
    ['absent', null, 'There is no event store at'],
    ['of text', 'a shopping list: cheese, bread\n'.repeat(400), "it isn't a SQLite file"],
    ['empty', '', 'is empty or of an older version'],
  ])('%s', async (_, content, expected) => {
    if (content !== null) {
      const handle = openSync(folder.file, 'w');
      writeSync(handle, content);
      closeSync(handle);
    }
    expect((await check())['no_event_store']).toContain(expected);
  });

  test('of which the first page is gone', async () => {
    await filled();
    overwrite(1, zeroes);
    expect(Object.keys(await check())).toEqual(['no_event_store']);
  });
});

describe('a damaged file', () => {
  const rescued = () => join(folder.path, 'rescued.sqlite');

  const damages: readonly (readonly [string, () => void])[] = [
    ['a page of zeroes', () => overwrite(eventPages()[20] ?? 0, zeroes)],
    ['a page of noise', () => overwrite(eventPages()[20] ?? 0, Buffer.alloc(PAGE_BYTES, 0xa5))],
    [
      'several pages in two places',
      () => {
        const pages = eventPages();
        for (const n of [20, 21, 22, 30]) overwrite(pages[n] ?? 0, zeroes);
      },
    ],
  ];

  test.each(damages)('%s: says where, and gives everything before it', async (_, damage) => {
    const log = await filled();
    damage();
    const found = await check();
    expect(found['unreadable']).toMatch(/position/);
    expect(found['integrity']).toBeDefined();
    const from = Number(/positions? (?:from )?(\d+)/.exec(found['unreadable'] ?? '')?.[1]);
    const rest: RecordedEvent[] = [];
    const result = await rescueEvents({
      damaged: folder.file,
      to: rescued(),
      onRest: (event) => rest.push(event),
    });
    expect(result).toMatchObject({ lastPosition: from - 1, rescued: from - 1 });
    expect(result.stoppedAt).toContain(`Position ${from} can't be read`);
    expect(result.rest).toBe(rest.length);
    const lost = new Set(idsOf(log.slice(from - 1)));
    expect(rest.filter(({ id }) => !lost.has(id))).toEqual([]);
    expect((await checkEventFile(rescued())).faults).toEqual([]);
    const store = folder.open({ file: rescued() });
    expect(await ofLog(store)).toEqual(log.slice(0, from - 1));
  });

  test.each(damages)(
    '%s, and a backup that reaches beyond it: nothing is lost',
    async (_, damage) => {
      await filled();
      const backup = join(folder.path, 'backup.sqlite');
      copyFileSync(folder.file, backup);
      const log = await filled(50);
      damage();
      const to = rescued();
      const result = await rescueEvents({ damaged: folder.file, to, backup });
      expect(result).toEqual({ lastPosition: 350, rescued: 50, stoppedAt: null, rest: 0 });
      expect(await ofLog(folder.open({ file: to }))).toEqual(log);
    },
  );

  test('that was cut off: says so, and gives what is left', async () => {
    const log = await filled();
    truncateSync(folder.file, ((eventPages()[20] ?? 0) - 1) * PAGE_BYTES);
    expect((await check())['no_event_store']).toMatch(/was cut off: it has \d+ bytes and should/);
    const result = await rescueEvents({ damaged: folder.file, to: rescued() });
    expect(result.rescued).toBeGreaterThan(50);
    expect(result.stoppedAt).toContain(`Position ${result.rescued + 1} can't be read`);
    expect(await ofLog(folder.open({ file: rescued() }))).toEqual(log.slice(0, result.rescued));
    expect(readdirSync(folder.path)).not.toContain('rescued.sqlite.reading');
  });

  test('and a backup of another log: nothing is taken', async () => {
    await filled();
    const backup = join(folder.path, 'backup.sqlite');
    copyFileSync(folder.file, backup);
    const database = new Database(backup);
    database.exec('UPDATE events SET occurred_at = 1 WHERE position = 300');
    database.close();
    await filled(50);
    const result = await rescueEvents({ damaged: folder.file, to: rescued(), backup });
    expect(result).toMatchObject({ lastPosition: 300, rescued: 0, rest: 51 });
    expect(result.stoppedAt).toContain('which differs in its occurredAt');
  });

  test('with a row that is no JSON', async () => {
    await filled();
    change(`UPDATE events SET data = '{' WHERE position = 200`);
    const result = await rescueEvents({ damaged: folder.file, to: rescued() });
    expect(result).toMatchObject({ lastPosition: 199, rescued: 199, rest: 100 });
    expect(result.stoppedAt).toContain('The event at position 200 is broken');
  });
});
