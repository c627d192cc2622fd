import { randomBytes } from 'node:crypto';
import { postgresMissing } from '@provisie/postgres-testkit';
import { afterAll, afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openPostgresEventStore } from '../src/index.ts';
import { anEvent, Bench, expectSound, ofLog } from './given.ts';

const impatient = { patienceMs: 100 };

describe.skipIf(postgresMissing() !== null)('the store', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.empty();
  });

  afterEach(() => bench.remove());

  afterAll(() => Bench.drop());

  async function asRole(work: (url: string, role: string) => Promise<void>): Promise<void> {
    const role = `role_${randomBytes(6).toString('hex')}`;
    await bench.sql(`CREATE ROLE ${role} LOGIN PASSWORD 'secret-of-role'`);
    const url = new URL(bench.url);
    url.username = role;
    url.password = 'secret-of-role';
    try {
      await work(url.href, role);
    } finally {
      await bench.sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
    }
  }

  describe('setting up', () => {
    test('by many who start at once on an empty database is done once', async () => {
      const stores = await Promise.all(Array.from({ length: 8 }, () => bench.open()));
      await Promise.all(stores.map((store) => store.append('order-1', [anEvent()], 'any')));
      const log = await ofLog(await bench.open());
      expect(log).toHaveLength(8);
      expectSound(log);
      expect(await bench.sql('SELECT kind, version FROM provisie_events.format')).toEqual([
        { kind: 'provisie event store', version: 1 },
      ]);
    });

    test('in a schema of another program is refused, and leaves it as it was', async () => {
      await bench.sql('CREATE SCHEMA provisie_events; CREATE TABLE provisie_events.events (a int)');
      await expect(bench.open()).rejects.toMatchObject({ code: 'store_foreign' });
      await bench.sql('CREATE TABLE provisie_events.format (kind text, version int)');
      await expect(bench.open()).rejects.toMatchObject({ code: 'store_foreign' });
      await bench.sql('DROP TABLE provisie_events.format');
      await bench.sql('CREATE TABLE provisie_events.format (colour text)');
      await expect(bench.open()).rejects.toMatchObject({ code: 'store_foreign' });
      const tables = await bench.sql(
        `SELECT relname FROM pg_class WHERE relnamespace = 'provisie_events'::regnamespace ORDER BY 1`,
      );
      expect(tables).toEqual([{ relname: 'events' }, { relname: 'format' }]);
    });

    test('that a newer version did is refused', async () => {
      await (await bench.open()).close();
      await bench.sql('UPDATE provisie_events.format SET version = 99');
      await expect(bench.open()).rejects.toMatchObject({ code: 'store_newer' });
    });

    test('in a database without UTF-8 is refused', async () => {
      const name = `latin_${randomBytes(6).toString('hex')}`;
      await bench.sql(`CREATE DATABASE ${name} ENCODING 'LATIN1' TEMPLATE template0 LOCALE 'C'`);
      try {
        const url = new URL(bench.url);
        url.pathname = `/${name}`;
        await expect(openPostgresEventStore({ url: url.href })).rejects.toThrow(/LATIN1.*UTF8/);
      } finally {
        await bench.sql(`DROP DATABASE ${name} WITH (FORCE)`);
      }
    });

    test('by a role that may make a schema, or owns one that was made for it', async () => {
      await asRole(async (url, role) => {
        const refused = bench.open({ url });
        await expect(refused).rejects.toMatchObject({ code: 'store_unavailable' });
        await expect(refused).rejects.toThrow(/Grant it/);
        await bench.sql(`CREATE SCHEMA provisie_events AUTHORIZATION ${role}`);
        const store = await bench.open({ url });
        expect(await store.append('order-1', [anEvent()], 'any')).toMatchObject({ ok: true });
        await store.close();
      });
    });
  });

  test('can be read and followed, but not written, by a role that may only read', async () => {
    const writer = await bench.open();
    await writer.append('order-1', [anEvent()], 'any');
    await asRole(async (url, role) => {
      await bench.sql(`GRANT USAGE ON SCHEMA provisie_events TO ${role}`);
      await bench.sql(`GRANT SELECT ON ALL TABLES IN SCHEMA provisie_events TO ${role}`);
      const reader = await bench.open({ url });
      expect(await ofLog(reader)).toEqual(await ofLog(writer));
      const first = await reader.subscribe(0)[Symbol.asyncIterator]().next();
      expect(first.value).toMatchObject({ kind: 'events', position: 1 });
      const refused = reader.append('order-1', [anEvent()], 'any');
      await expect(refused).rejects.toMatchObject({ code: 'store_unavailable' });
      await expect(refused).rejects.toThrow(/permission denied/);
      await reader.close();
    });
    expect(await writer.append('order-1', [anEvent()], 0)).toMatchObject({ ok: true });
  });

  test.each([
    ['a wrong password', (url: URL) => (url.password = 'wrong-secret'), /refused the sign-in/],
    ['no password', (url: URL) => (url.password = ''), /refused the sign-in/],
    ['a role that is not there', (url: URL) => (url.username = 'nobody'), /refused the sign-in/],
    ['a server that is not there', (url: URL) => (url.port = '1'), /can't be reached/],
    ['another protocol', (url: URL) => (url.protocol = 'mysql:'), /postgres:\/\/user/],
  ])('can not be opened with %s, and says so without the password', async (_, change, said) => {
    const url = new URL(bench.url);
    url.password = 'top-secret';
    change(url);
    const failure = await bench.open({ url: url.href, ...impatient }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({ code: 'store_unavailable' });
    expect(String(failure)).toMatch(said);
    const { cause, stack } = failure instanceof Error ? failure : new Error('nothing was said');
    expect(`${stack} ${JSON.stringify(cause)}`).not.toMatch(/top-secret|wrong-secret/);
  });

  test('can not be opened on a database that is not there', async () => {
    const url = new URL(bench.url);
    url.pathname = '/none';
    const opening = bench.open({ url: url.href, ...impatient });
    await expect(opening).rejects.toMatchObject({ code: 'store_unavailable' });
    await expect(opening).rejects.toThrow(/no such database/);
  });

  test('says when an address can not be read, without repeating it', async () => {
    const opening = openPostgresEventStore({ url: 'postgres://me:pass#word@host:port/db' });
    await expect(opening).rejects.toThrow(/percent-encoded/);
    await expect(opening).rejects.not.toThrow(/pass#word/);
  });

  describe('whose tables were tampered with', () => {
    test.each([
      ['a table is gone', 'DROP TABLE provisie_events.streams'],
      ['a column is gone', 'ALTER TABLE provisie_events.events DROP COLUMN occurred_at'],
    ])('says that it is damaged: %s', async (_, tampering) => {
      const store = await bench.open();
      await store.append('order-1', [anEvent()], 'any');
      await bench.sql(tampering);
      await expect(ofLog(store)).rejects.toMatchObject({ code: 'store_corrupt' });
      await expect(store.append('order-1', [anEvent()], 'any')).rejects.toMatchObject({
        code: 'store_corrupt',
      });
    });

    test('says which event can not be read', async () => {
      const store = await bench.open();
      await store.append('order-1', [anEvent(), anEvent()], 'any');
      await bench.sql(`UPDATE provisie_events.events SET data = '{' WHERE position = 2`);
      await expect(ofLog(store)).rejects.toMatchObject({ code: 'store_corrupt' });
      await expect(ofLog(store)).rejects.toThrow(/position 2 is damaged/);
    });
  });

  describe('that the server refuses to write to', () => {
    /** The server itself fails with this code, as often as said. */
    async function failing(sqlState: string, times: number): Promise<void> {
      await bench.sql('CREATE SEQUENCE tries');
      await bench.sql(`
        CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF nextval('tries') <= ${times} THEN RAISE EXCEPTION 'no' USING ERRCODE = '${sqlState}'; END IF;
          RETURN NEW;
        END $$`);
      await bench.sql(
        'CREATE TRIGGER fail BEFORE INSERT ON provisie_events.events FOR EACH ROW EXECUTE FUNCTION public.fail()',
      );
    }

    test.each([
      ['53100', 'store_full', 'disk'],
      ['40P01', 'store_busy', 'Try again'],
      ['55P03', 'store_busy', 'Try again'],
      ['25006', 'store_unavailable', 'primary'],
      ['57P02', 'store_unavailable', 'reached'],
      ['58030', 'store_unavailable', 'reached'],
      ['XX001', 'store_corrupt', 'backup'],
    ])('%s is %s, nothing is written, and later it goes on', async (sqlState, code, word) => {
      const store = await bench.open(impatient);
      await failing(sqlState, 1_000);
      const refused = store.append('order-1', [anEvent()], 'any');
      await expect(refused).rejects.toMatchObject({ code });
      await expect(refused).rejects.toThrow(word);
      expect(await store.head()).toBe(0);
      await bench.sql('DROP TRIGGER fail ON provisie_events.events');
      expect(await store.append('order-1', [anEvent()], 'no_stream')).toMatchObject({ ok: true });
    });

    test.each(['40001', '40P01', '55P03', '57P01'])('%s passes by itself', async (sqlState) => {
      const store = await bench.open();
      await failing(sqlState, 2);
      expect(await store.append('order-1', [anEvent()], 'any')).toMatchObject({ revision: 0 });
    });
  });

  test('takes the time from the server, and never lets it fall', async () => {
    const store = await bench.open();
    vi.useFakeTimers({ toFake: ['Date'], now: 0 });
    try {
      await store.append('order-1', [anEvent()], 'any');
    } finally {
      vi.useRealTimers();
    }
    const [event] = await ofLog(store);
    expect(Math.abs((event?.recordedAt ?? 0) - Date.now())).toBeLessThan(60_000);
    const ahead = Date.now() + 3_600_000;
    await bench.sql('UPDATE provisie_events.events SET recorded_at = $1', [ahead]);
    const other = await bench.open();
    await other.append('order-1', [anEvent()], 'any');
    expect((await ofLog(store)).map(({ recordedAt }) => recordedAt)).toEqual([ahead, ahead]);
  });

  test('refuses more than may wait, and takes it when there is room', async () => {
    const store = await bench.open({ maxQueuedEvents: 10 });
    const appends = Array.from({ length: 40 }, (_, n) =>
      store.append(`order-${n}`, [anEvent()], 'any'),
    );
    const settled = await Promise.allSettled(appends);
    const refused = settled.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ reason: { code: 'store_busy' } });
    expect(await ofLog(store)).toHaveLength(40 - refused.length);
    expect(await store.append('order-x', [anEvent()], 'any')).toMatchObject({ ok: true });
  });

  test('is durable also where the server by default is not', async () => {
    await bench.sql(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`,
    );
    await bench.open();
    const store = await bench.open();
    await bench.sql(`
      CREATE TABLE seen (setting text);
      CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        INSERT INTO public.seen VALUES (current_setting('synchronous_commit'));
        RETURN NEW;
      END $$;
      CREATE TRIGGER see AFTER INSERT ON provisie_events.events FOR EACH ROW EXECUTE FUNCTION public.see()`);
    await store.append('order-1', [anEvent()], 'any');
    expect(await bench.sql('SELECT setting FROM seen')).toEqual([{ setting: 'on' }]);
  });
});
