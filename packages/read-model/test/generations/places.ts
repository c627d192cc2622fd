import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore, NewEvent } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { describe, onTestFinished } from 'vitest';
import { openPostgresReadModelHome } from '../../src/generations/postgres-home.ts';
import { openSqliteReadModelHome, type HomeOptions, type ReadModelHome } from '../../src/index.ts';
import type { LockTimes } from '../../src/leadership/locks.ts';
import { Projection } from '../../src/applying/projection.ts';
import type { OpenedReadModel } from '../../src/opened-read-model.ts';
import { openSqliteReadModel } from '../../src/sqlite/sqlite-read-model.ts';
import { compareTable } from '../../src/verifying/table-comparison.ts';
import { TABLE_NAMES } from '../../src/tables/index.ts';
import type { Written } from '../events.ts';

/** Where the read models of one test are. */
export interface Place {
  /** The folder, or the address of the database. */
  readonly address: string;
  /** As one more process would open it. */
  home(options?: HomeOptions & { readonly lockTimes?: LockTimes }): Promise<ReadModelHome>;
}

export interface Engine {
  readonly name: 'sqlite' | 'postgresql';
  place(): Promise<Place>;
}

/** Declares the tests once for each engine; those on PostgreSQL are skipped where there is no server. */
export function onEachEngine(declareTests: (engine: Engine) => void): void {
  describe('sqlite', () => {
    declareTests({ name: 'sqlite', place: async () => placeAt(folder()) });
  });
  describe.skipIf(postgresMissing() !== null)('postgresql', () => {
    declareTests({
      name: 'postgresql',
      place: async () => {
        const database = await createTestDatabase();
        onTestFinished(() => database.drop());
        return placeAt(database.url);
      },
    });
  });
}

function placeAt(address: string): Place {
  return { address, home: async (options) => closing(await openHome(address, options)) };
}

export function openHome(
  address: string,
  options: HomeOptions & { readonly lockTimes?: LockTimes } = {},
): Promise<ReadModelHome> {
  return address.startsWith('postgres:')
    ? openPostgresReadModelHome({ url: address, ...options })
    : openSqliteReadModelHome({ folder: address, ...options });
}

/** A folder that is gone after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'provisie-generations-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** Is closed after the test. */
export function closing<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  onTestFinished(() => closable.close());
  return closable;
}

export interface Log {
  readonly store: EventStore;
  /** For a process beside, which reads only. */
  readonly file: string;
}

export async function logOf(events: readonly Written[]): Promise<Log> {
  const file = join(folder(), 'events.sqlite');
  const store = closing(openSqliteEventStore({ file }));
  await write(store, events);
  return { store, file };
}

/** Resolves to the position of the last. */
export async function write(store: EventStore, events: readonly Written[]): Promise<number> {
  let position = 0;
  const streams = new Map<string, NewEvent[]>();
  for (const { stream, event } of events) {
    streams.set(stream, [...(streams.get(stream) ?? []), event]);
  }
  for (const [stream, theirs] of streams) {
    const result = await store.append(stream, theirs, 'any');
    if (result.ok) position = Math.max(position, result.position);
  }
  return position;
}

/** The tables in which the read model differs from a rebuild of the log up to where it stands. */
export async function differences(model: OpenedReadModel, store: EventStore): Promise<string[]> {
  const rebuilt = await openSqliteReadModel({ folder: folder() });
  try {
    return await model.database.snapshot(async (session) => {
      const { position } = await session.db
        .selectFrom('checkpoint')
        .select('position')
        .executeTakeFirstOrThrow();
      const projection = await Projection.resume(rebuilt.database, {
        unreadable: 'set_aside',
        now: () => 0,
      });
      for await (const events of store.readAll(0)) {
        await projection.apply(events.filter((event) => event.position <= position));
      }
      const different: string[] = [];
      for (const table of TABLE_NAMES) {
        const { equal } = await compareTable(session, rebuilt.database.reading, table);
        if (!equal) different.push(table);
      }
      return different;
    });
  } finally {
    await rebuilt.close();
  }
}

/** Looks again and again until it is so; fails with the last reason after a while. */
export async function eventually(
  isSo: () => boolean | Promise<boolean>,
  timeoutMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await isSo())) {
    if (performance.now() > deadline)
      throw new Error(`not so within ${String(timeoutMs)} ms: ${String(isSo)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}
