import { copyFileSync, existsSync, rmSync } from 'node:fs';
import type Database from 'better-sqlite3';
import { EventStoreError } from '../../event-store.ts';
import type { RecordedEvent } from '../../event-store.ts';
import { openForReading } from '../event-file.ts';
import { openSqliteEventStore } from '../sqlite-event-store.ts';
import type { SqliteEventStore } from '../sqlite-event-store.ts';
import { withNamedFailure } from '../store-failure.ts';
import { eventOfRow } from './check-event.ts';
import { copyWithFullLength, lengthBeforeCutOff } from './cut-off.ts';
import { readableRows, type ReadRow } from './readable-rows.ts';

export interface Rescue {
  readonly damaged: string;
  /** A new event file; must not be there. */
  readonly to: string;
  /** An event file of the same log, from before: what it holds isn't needed of the damaged one. */
  readonly backup?: string;
  /** Every event that can be read and doesn't follow what was rescued, because something is missing between. */
  readonly onRest?: (event: RecordedEvent) => void;
}

export interface RescueResult {
  /** Of the new file: a log without holes. */
  readonly lastPosition: number;
  /** Of them taken from the damaged file. */
  readonly rescued: number;
  /** Why it ends there; null when it holds everything to the end of the damaged file. */
  readonly stoppedAt: string | null;
  readonly rest: number;
}

const BATCH_SIZE = 1000;

/** Copies what can be read of a damaged event file to a new one, up to the first place that can't. */
export async function rescueEvents(rescue: Rescue): Promise<RescueResult> {
  const { damaged, to } = rescue;
  if (existsSync(to)) {
    throw new EventStoreError('store_unavailable', `${to} is there already. Name a new file.`);
  }
  const length = lengthBeforeCutOff(damaged);
  if (length === null) return await rescueFrom(damaged, rescue);
  const lengthened = `${to}.reading`;
  try {
    copyWithFullLength(damaged, lengthened, length);
    return await rescueFrom(lengthened, rescue);
  } finally {
    rmSync(lengthened, { force: true });
  }
}

async function rescueFrom(damaged: string, rescue: Rescue): Promise<RescueResult> {
  const source = withNamedFailure(damaged, () => openForReading(damaged));
  try {
    if (rescue.backup !== undefined) copyFileSync(rescue.backup, rescue.to);
    const store = openSqliteEventStore({ file: rescue.to });
    try {
      return await copyReadable(source, store, rescue);
    } finally {
      await store.close();
    }
  } finally {
    source.close();
  }
}

async function copyReadable(
  source: Database.Database,
  store: SqliteEventStore,
  { onRest }: Rescue,
): Promise<RescueResult> {
  const head = await store.head();
  const end: { reason: string | null } = { reason: null };
  let rest = 0;
  const leave = (events: readonly RecordedEvent[]) => {
    rest += events.length;
    for (const event of events) onRest?.(event);
  };
  let waiting: RecordedEvent[] = [];
  const write = async () => {
    const { taken, reason } = await importReadable(store, waiting);
    end.reason ??= reason;
    leave(waiting.slice(taken));
    waiting = [];
  };
  // From the last event of the backup on, which shows that both are of one log.
  for (const read of readableRows(source, Math.max(head, 1))) {
    if (read.kind === 'hole' && read.to !== null && read.to <= head) continue;
    const event = read.kind === 'row' ? eventOfRow(read.row) : null;
    if (event === null) {
      await write();
      end.reason ??= placeOf(read);
    } else if (end.reason === null) waiting.push(event);
    else leave([event]);
    if (waiting.length >= BATCH_SIZE) await write();
  }
  await write();
  const lastPosition = await store.head();
  const rescued = await countAfter(store, head);
  return { lastPosition, rescued, stoppedAt: end.reason, rest };
}

/** How many of the first were taken, and why not the next. */
async function importReadable(
  store: SqliteEventStore,
  events: readonly RecordedEvent[],
): Promise<{ readonly taken: number; readonly reason: string | null }> {
  try {
    await store.importEvents(events);
    return { taken: events.length, reason: null };
  } catch (error) {
    if (!isConflict(error)) throw error;
    const half = Math.floor(events.length / 2);
    if (half === 0) return { taken: 0, reason: error.message };
    const first = await importReadable(store, events.slice(0, half));
    if (first.reason !== null) return first;
    const second = await importReadable(store, events.slice(half));
    return { taken: half + second.taken, reason: second.reason };
  }
}

function isConflict(error: unknown): error is EventStoreError {
  return error instanceof EventStoreError && error.code === 'import_conflict';
}

function placeOf(read: ReadRow): string {
  if (read.kind === 'hole') return `Position ${read.from} can't be read (${read.reason}).`;
  return `The event at position ${read.row.position} is broken: its stream, its id or its JSON.`;
}

async function countAfter(store: SqliteEventStore, position: number): Promise<number> {
  let count = 0;
  for await (const batch of store.readAll(position)) count += batch.length;
  return count;
}
