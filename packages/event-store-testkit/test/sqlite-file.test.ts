import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anEvent, events, idsOf, mustBeOk, ofLog } from '../src/contract/given.ts';
import { StoreFolder, WRITING_THREADS } from '../src/sqlite-files.ts';

let folder: StoreFolder;

describe.each(WRITING_THREADS)('a file, written to on %s', (writesOn) => {
  beforeEach(() => {
    folder = new StoreFolder(writesOn);
  });

  afterEach(() => folder.remove());

  function withCode(code: string): unknown {
    return expect.objectContaining({ name: 'EventStoreError', code });
  }

  async function filled(): Promise<string[]> {
    const store = folder.open();
    for (let n = 0; n < 40; n += 1) {
      const event = anEvent({ text: 'x'.repeat(2_000) });
      mustBeOk(await store.append(`order-${n}`, [event], 'any'));
    }
    const ids = idsOf(await ofLog(store));
    await store.close();
    return ids;
  }

  describe('the file of another', () => {
    test.each([{ readOnly: false }, { readOnly: true }])(
      'that is no SQLite file is refused and left as it was, with %o',
      (options) => {
        const text = 'a shopping list: bread, cheese, chocolate sprinkles\n'.repeat(200);
        writeFileSync(folder.file, text);
        expect(() => folder.open(options)).toThrow(withCode('store_foreign'));
        expect(() => folder.open(options)).toThrow(/events\.sqlite is not an event store/);
        expect(readFileSync(folder.file, 'utf8')).toBe(text);
      },
    );

    test.each([{ readOnly: false }, { readOnly: true }])(
      'program is refused and left as it was, with %o',
      (options) => {
        new Database(folder.file)
          .exec('CREATE TABLE events (a); INSERT INTO events VALUES (1)')
          .close();
        const before = readFileSync(folder.file);
        expect(() => folder.open(options)).toThrow(withCode('store_foreign'));
        expect(readFileSync(folder.file)).toEqual(before);
      },
    );

    test.each([{ readOnly: false }, { readOnly: true }])(
      'version that is newer is refused and left as it was, with %o',
      async (options) => {
        const ids = await filled();
        const database = new Database(folder.file);
        const version = Number(database.pragma('user_version', { simple: true }));
        database.pragma(`user_version = ${version + 1}`);
        database.close();
        const before = readFileSync(folder.file);
        expect(() => folder.open(options)).toThrow(withCode('store_newer'));
        expect(readFileSync(folder.file)).toEqual(before);
        const again = new Database(folder.file);
        again.pragma(`user_version = ${version}`);
        again.close();
        expect(idsOf(await ofLog(folder.open(options)))).toEqual(ids);
      },
    );

    test('that is absent is no store to read', () => {
      expect(() => folder.open({ readOnly: true })).toThrow(/There is no event store at/);
      writeFileSync(folder.file, '');
      expect(() => folder.open({ readOnly: true })).toThrow(/is empty or of an older version/);
      expect(statSync(folder.file).size).toBe(0);
    });
  });

  describe('a damaged file', () => {
    test('is named as such, by reading and by appending', async () => {
      await filled();
      const pages = Math.floor(statSync(folder.file).size / 4096);
      const handle = openSync(folder.file, 'r+');
      // Everything but the first pages, where the schema stands.
      for (let page = 12; page < pages; page += 1) {
        writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, page * 4096);
      }
      closeSync(handle);
      const store = folder.open();
      await expect(ofLog(store)).rejects.toMatchObject({ code: 'store_corrupt' });
      await expect(ofLog(store)).rejects.toThrow(/events\.sqlite is damaged.*backup/);
      const appends = Array.from({ length: 20 }, (_, n) =>
        store.append(`order-${n}`, [anEvent({ text: 'x'.repeat(3_000) })], 'any'),
      );
      const outcomes = await Promise.allSettled(appends);
      for (const outcome of outcomes) {
        expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'store_corrupt' } });
      }
    });

    test('with a row that is no JSON names itself', async () => {
      await filled();
      const database = new Database(folder.file);
      database.exec(`UPDATE events SET data = '{"text":' WHERE position = 7`);
      database.close();
      const store = folder.open();
      expect(store.readBatch(0, { batchSize: 6 })).toHaveLength(6);
      await expect(ofLog(store)).rejects.toMatchObject({ code: 'store_corrupt' });
    });

    test('with a row whose JSON is broken inside names the event when its data are read', async () => {
      await filled();
      const database = new Database(folder.file);
      database.exec(`UPDATE events SET data = '{"text" "x"}' WHERE position = 7`);
      database.close();
      const damaged = folder.open().readBatch(6, { batchSize: 1 })[0];
      expect(damaged).toBeDefined();
      expect(() => damaged?.data).toThrow(withCode('store_corrupt'));
      expect(() => damaged?.data).toThrow(/position 7 \(stream order-6, revision 0\).*backup/);
    });

    test('of which the first bytes are gone is refused', async () => {
      await filled();
      const handle = openSync(folder.file, 'r+');
      writeSync(handle, Buffer.alloc(100), 0, 100, 0);
      closeSync(handle);
      expect(() => folder.open()).toThrow(withCode('store_foreign'));
    });
  });

  describe('a second writer', () => {
    test('is refused in the same process, until the first has closed', async () => {
      const store = folder.open();
      expect(() => folder.open()).toThrow(withCode('store_busy'));
      expect(() => folder.open()).toThrow(/Another process is writing/);
      mustBeOk(await store.append('order-1', events(1), 'any'));
      await store.close();
      mustBeOk(await folder.open().append('order-1', events(1), 0));
    });

    test('is refused while another process writes, and let in when that one is killed', async () => {
      const appender = fileURLToPath(new URL('appender.ts', import.meta.url));
      const child = spawn(process.execPath, [appender, folder.file], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      try {
        await once(child.stdout, 'data');
        child.stdout.resume();
        expect(() => folder.open()).toThrow(withCode('store_busy'));
        const reader = folder.open({ readOnly: true });
        expect(await reader.head()).toBeGreaterThan(0);
        await expect(reader.append('order-1', events(1), 'any')).rejects.toMatchObject({
          code: 'store_unavailable',
        });
        await reader.close();
      } finally {
        child.kill('SIGKILL');
        await once(child, 'close');
      }
      mustBeOk(await folder.open().append('order-1', events(1), 'no_stream'));
    });
  });

  describe('limits of the queue', () => {
    test('more than may wait is refused, what waits is written', async () => {
      const store = folder.open({ maxQueuedEvents: 10 });
      const results = await Promise.allSettled(
        Array.from({ length: 8 }, (_, n) => store.append(`order-${n}`, events(2), 'any')),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(3);
      for (const { reason } of refused) expect(reason).toMatchObject({ code: 'store_busy' });
      expect(await store.head()).toBe(10);
      // One append that is larger than the queue is let in when nothing else waits.
      mustBeOk(await store.append('order-large', events(30), 'any'));
    });
  });

  describe('the clock', () => {
    test.runIf(writesOn === 'callers_thread')(
      'is asked once for all appends of one turn, which share a transaction',
      async () => {
        let asked = 0;
        const store = folder.open({ clock: () => (asked += 1) });
        for (let turn = 1; turn <= 3; turn += 1) {
          const appends = Array.from({ length: 64 }, (_, n) =>
            store.append(`order-${n}`, events(1), 'any'),
          );
          await Promise.all(appends);
          expect(asked).toBe(turn);
        }
        const times = (await ofLog(store)).map(({ recordedAt }) => recordedAt);
        expect([...new Set(times)]).toEqual([1, 2, 3]);
      },
    );

    test('may go back: recordedAt stays, also after reopening', async () => {
      let now = 5_000;
      const store = folder.open({ clock: () => now });
      mustBeOk(await store.append('order-1', events(1), 'any'));
      now = 4_000;
      mustBeOk(await store.append('order-1', events(1), 'any'));
      await store.close();
      const reopened = folder.open({ clock: () => 3_000 });
      mustBeOk(await reopened.append('order-1', events(1), 'any'));
      expect((await ofLog(reopened)).map(({ recordedAt }) => recordedAt)).toEqual([
        5000, 5000, 5000,
      ]);
    });
  });

  test('an event that was read is a plain value, though its data are parsed when they are asked for', async () => {
    const given = anEvent({ text: 'x', list: [1, { a: null }] });
    const store = folder.open({ clock: () => 5 });
    mustBeOk(await store.append('order-1', [given], 'any'));
    const whole = {
      ...given,
      metadata: {},
      stream: 'order-1',
      revision: 0,
      position: 1,
      recordedAt: 5,
    };
    const read = () => store.readBatch(0)[0];
    expect(read()).toEqual(whole);
    expect({ ...read() }).toStrictEqual(whole);
    expect(structuredClone(read())).toStrictEqual(whole);
    expect(JSON.parse(JSON.stringify(read()))).toStrictEqual(whole);
    expect(Object.keys(read() ?? {}).toSorted()).toEqual(Object.keys(whole).toSorted());
    const event = read();
    expect(event?.data).toBe(event?.data);
  });

  test('reads a batch at once, for bulk work', async () => {
    const ids = await filled();
    const store = folder.open({ readOnly: true });
    const first = store.readBatch(0, { batchSize: 30 });
    const rest = store.readBatch(first.at(-1)?.position ?? 0, { batchSize: 30 });
    expect(idsOf([...first, ...rest])).toEqual(ids);
    expect(store.readBatch(rest.at(-1)?.position ?? 0)).toEqual([]);
    expect(() => store.readBatch(0, { batchSize: 0 })).toThrow(RangeError);
  });
});
