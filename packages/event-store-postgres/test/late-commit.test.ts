import { openProxy, postgresMissing } from '@provisie/postgres-testkit';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { anEvent, Bench, expectSound, Follower, idsOf, mentions, ofLog, until } from './given.ts';

/** A log, several who append to it, and one who reads its tail. */
interface TailedLog {
  /** Appends one event in a transaction that has its place, and doesn't commit yet. */
  appendLate(): Promise<{ readonly id: string; commit(): Promise<void> }>;
  append(): Promise<string>;
  /** How many appends wait for another transaction. */
  waiting(): Promise<number>;
  /** Ids after the last position that this gave. */
  readTail(): Promise<string[]>;
}

interface Tailing {
  readonly late: string;
  readonly written: readonly string[];
  readonly seen: readonly string[];
  /** How many others committed while it held its place. */
  readonly overtaking: number;
}

/** Somebody keeps reading the tail while one transaction holds its place, and others append. */
async function tailed(log: TailedLog): Promise<Tailing> {
  const seen = await log.readTail();
  const late = await log.appendLate();
  let done = 0;
  const appending = Array.from({ length: 3 }, async () => {
    const id = await log.append();
    done += 1;
    return id;
  });
  await until(async () => done + (await log.waiting()) === 3, 'the others have tried to append');
  const overtaking = done;
  seen.push(...(await log.readTail()));
  await late.commit();
  const written = [late.id, ...(await Promise.all(appending))];
  seen.push(...(await log.readTail()));
  return { late: late.id, written, seen, overtaking };
}

describe.skipIf(postgresMissing() !== null)('a transaction that commits late', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await Bench.empty();
  });

  afterEach(() => bench.remove());

  afterAll(() => Bench.drop());

  const waitingFor = async (locktype: string) => {
    const rows = await bench.sql(
      `SELECT FROM pg_locks WHERE locktype = $1 AND NOT granted
       AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [locktype],
    );
    return rows.length;
  };

  /** Positions as a sequence gives them: what the store must not do, to show that this would be seen. */
  async function numberedBySequence(): Promise<TailedLog> {
    await bench.sql('CREATE TABLE log (position bigserial PRIMARY KEY, id uuid NOT NULL)');
    let position = '0';
    const insert = 'INSERT INTO log (id) VALUES ($1)';
    return {
      appendLate: async () => {
        const { id } = anEvent();
        const client = await bench.connect();
        await client.query('BEGIN');
        await client.query(insert, [id]);
        return { id, commit: async () => void (await client.query('COMMIT')) };
      },
      append: async () => {
        const { id } = anEvent();
        await bench.sql(insert, [id]);
        return id;
      },
      waiting: () => waitingFor('advisory'),
      readTail: async () => {
        const tail = 'SELECT position, id FROM log WHERE position > $1 ORDER BY position';
        const rows = await bench.sql(tail, [position]);
        if (rows.length > 0) position = String(rows.at(-1)?.['position']);
        return rows.map((row) => String(row['id']));
      },
    };
  }

  async function theStore(): Promise<TailedLog> {
    const proxy = bench.keep(await openProxy(bench.url));
    const slow = await bench.open({ url: proxy.url });
    // Each as in a process of its own: appends of one process would share a transaction.
    const others = [await bench.open(), await bench.open(), await bench.open()];
    const reader = await bench.open();
    await slow.append('order-0', [anEvent()], 'any');
    let position = 0;
    const isCommit = mentions('COMMIT\0');
    return {
      appendLate: async () => {
        const held = Promise.withResolvers<undefined>();
        proxy.rules = {
          fromClient: (sent) => {
            if (!isCommit(sent)) return 'pass';
            held.resolve(undefined);
            return 'hold';
          },
        };
        const event = anEvent();
        const appended = slow.append('order-1', [event], 'any');
        await held.promise;
        const commit = async () => {
          proxy.rules = {};
          proxy.release();
          await appended;
        };
        return { id: event.id, commit };
      },
      append: async () => {
        const event = anEvent();
        await others.pop()?.append('order-2', [event], 'any');
        return event.id;
      },
      waiting: () => waitingFor('advisory'),
      readTail: async () => {
        const events = await ofLog(reader, position);
        position = events.at(-1)?.position ?? position;
        return idsOf(events);
      },
    };
  }

  test('is skipped by whoever reads the tail, if positions came from a sequence', async () => {
    const { late, written, seen, overtaking } = await tailed(await numberedBySequence());
    expect(overtaking).toBe(3);
    expect(seen).not.toContain(late);
    expect(seen.toSorted()).toEqual(written.filter((id) => id !== late).toSorted());
  });

  test('is never skipped by whoever reads the tail of the store', async () => {
    const { late, written, seen, overtaking } = await tailed(await theStore());
    expect(overtaking).toBe(0);
    expect(seen).toContain(late);
    expect(seen.slice(1).toSorted()).toEqual(written.toSorted());
  });

  test('is never skipped by subscriptions while many append from several processes', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => bench.open()));
    const followers = stores.slice(0, 2).map((store) => bench.keep(new Follower(store)));
    const writing = stores.flatMap((store, process) =>
      Array.from({ length: 8 }, async (_, writer) => {
        for (let n = 0; n < 12; n += 1) {
          const added = Array.from({ length: (n % 3) + 1 }, () => anEvent({ process, writer, n }));
          await store.append(`order-${writer}`, added, 'any');
        }
      }),
    );
    await Promise.all(writing);
    const [store] = stores;
    const log = store === undefined ? [] : await ofLog(store);
    expect(log).toHaveLength(4 * 8 * 24);
    expectSound(log);
    for (const follower of followers) {
      await until(() => follower.ids.length >= log.length, 'a subscription has come to the head');
      expect(follower.ids).toEqual(idsOf(log));
    }
  });
});
