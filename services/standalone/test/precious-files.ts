import { join } from 'node:path';
import { createEventIds, type NewEvent, type RecordedEvent } from '@provisie/event-store';
import { openSqliteEventStore, type SqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteVault } from '@provisie/privacy/sqlite';

const nextId = createEventIds();

/** A fact as the domain reads it. */
export function fact(type: string, data: object, more: Partial<NewEvent> = {}): NewEvent {
  return { id: nextId(), type, version: 1, occurredAt: 1_750_000_000_000, data, ...more };
}

/** A data folder with a vault and a log of so many events; recorded one a second from `since` on. */
export async function fillDataFolder(
  folder: string,
  events: number,
  since = Date.UTC(2026, 0, 1),
): Promise<void> {
  const vault = openSqliteVault(join(folder, 'vault.sqlite'));
  await vault.seal('partner:woonblog', { name: 'Woonblog' });
  await vault.secret('customer-keys');
  vault.close();
  await withLog(folder, async (store) => {
    const start = await store.head();
    const log = Array.from({ length: events }, (_, index) => ({
      metadata: {},
      ...closed(start + index),
      stream: `programme-p${(start + index) % 50}`,
      revision: Math.floor((start + index) / 50),
      position: start + index + 1,
      recordedAt: since + (index + 1) * 1000,
    }));
    await store.importEvents(log);
  });
}

/** Some event that the domain reads. */
export function closed(n: number): NewEvent {
  const metadata = n % 3 === 0 ? { metadata: { by: 'k-1', note: 'ünï' } } : {};
  return fact(
    'ProgrammeClosed',
    { programmeId: `p${n % 50}`, note: 'x'.repeat(n % 300) },
    metadata,
  );
}

export async function withLog<Result>(
  folder: string,
  work: (store: SqliteEventStore) => Promise<Result>,
  clock: () => number = Date.now,
): Promise<Result> {
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), clock });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** All of the log, of an event file that may be written to meanwhile. */
export async function logOf(folder: string): Promise<RecordedEvent[]> {
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), readOnly: true });
  try {
    return (await Array.fromAsync(store.readAll(0))).flat();
  } finally {
    await store.close();
  }
}
