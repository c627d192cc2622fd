import { statSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Database from 'better-sqlite3';
import { EventStoreError } from '../../event-store.ts';
import { EventChain, type ChainLink } from '../../log-equality/event-chain.ts';
import { eventLine } from '../../log-equality/event-line.ts';
import { expectedSchema, openForReading, schemaOf } from '../event-file.ts';
import { withNamedFailure } from '../store-failure.ts';
import { checkEvent, eventOfRow } from './check-event.ts';
import { checkStreams } from './check-streams.ts';
import { lengthBeforeCutOff } from './cut-off.ts';
import { Faults, type Fault } from './fault.ts';
import { attempt, lastPosition, readableRows, type EventRow } from './readable-rows.ts';

export interface EventFileCheckOptions {
  /** What a backup says of the beginning of this log: it must be that. */
  readonly expected?: ChainLink;
  /** Positions; the last is unknown (0) where the end of the file can't be read. */
  readonly onProgress?: (position: number, last: number) => void;
}

export interface EventFileCheck {
  readonly faults: readonly Fault[];
  /** That could be read. */
  readonly events: number;
  readonly lastPosition: number;
  readonly lastRecordedAt: number | null;
  /** Of `eventLine` over all events; null when some could not be read. */
  readonly chain: ChainLink | null;
}

/** Reads all of an event file and names what is wrong with it. It is left as it is; a server may be writing to it. */
export async function checkEventFile(
  file: string,
  options: EventFileCheckOptions = {},
): Promise<EventFileCheck> {
  const faults = new Faults();
  const opened = openToCheck(file, faults);
  if (opened === null) {
    return { faults: faults.list, events: 0, lastPosition: 0, lastRecordedAt: null, chain: null };
  }
  try {
    // One snapshot: what a server writes meanwhile is no fault.
    opened.exec('BEGIN');
    checkIntegrity(opened, faults);
    checkSchema(opened, faults);
    const log = await checkLog(opened, faults, options);
    const streams = attempt(() => checkStreams(opened, faults));
    if (!streams.ok) faults.add('unreadable', `the list of streams: ${streams.reason}`);
    return { ...log, faults: faults.list };
  } finally {
    opened.close();
  }
}

function openToCheck(file: string, faults: Faults): Database.Database | null {
  try {
    return withNamedFailure(file, () => openForReading(file));
  } catch (error) {
    if (!(error instanceof EventStoreError)) throw error;
    const length = error.code === 'store_corrupt' ? lengthBeforeCutOff(file) : null;
    faults.add('no_event_store', length === null ? error.message : cutOffText(file, length));
    return null;
  }
}

function cutOffText(file: string, length: number): string {
  return `${file} was cut off: it has ${statSync(file).size} bytes and should have ${length}. \`--rescue\` reads what is left`;
}

function checkIntegrity(database: Database.Database, faults: Faults): void {
  const checked = attempt(() =>
    database.prepare<[], string>('PRAGMA integrity_check(1000)').pluck().all(),
  );
  if (!checked.ok) {
    faults.add('integrity', checked.reason);
    return;
  }
  for (const line of checked.value) if (line !== 'ok') faults.add('integrity', line);
}

function checkSchema(database: Database.Database, faults: Faults): void {
  const found = schemaOf(database);
  const expected = expectedSchema();
  for (const [name, sql] of expected) {
    const there = found.get(name);
    if (there === undefined) faults.add('schema', `${name} is missing`);
    else if (there !== sql) faults.add('schema', `${name} is not as Provisie made it: ${there}`);
  }
  for (const name of found.keys()) {
    // What SQLite itself keeps, such as statistics, is no fault.
    const isForeign = !expected.has(name) && !name.includes(' sqlite_');
    if (isForeign) faults.add('schema', `${name} is not of Provisie`);
  }
}

async function checkLog(
  database: Database.Database,
  faults: Faults,
  { expected, onProgress }: EventFileCheckOptions,
): Promise<Omit<EventFileCheck, 'faults'>> {
  const chain = new EventChain();
  const last = lastPosition(database) ?? 0;
  let isWhole = true;
  let events = 0;
  let previous: EventRow | null = null;
  let atExpected = expected?.events === 0 ? chain.hash : null;
  for (const read of readableRows(database)) {
    if (read.kind === 'hole') {
      isWhole = false;
      faults.add('unreadable', holeText(read));
      continue;
    }
    const { row } = read;
    checkEvent(row, previous, faults);
    const event = eventOfRow(row);
    if (event === null) isWhole = false;
    if (event !== null && isWhole) {
      chain.add(eventLine(event));
      if (chain.events === expected?.events) atExpected = chain.hash;
    }
    previous = row;
    events += 1;
    if (events % 1000 === 0) {
      onProgress?.(row.position, last);
      await nextTurn();
    }
  }
  onProgress?.(previous?.position ?? 0, last);
  if (expected !== undefined && atExpected !== expected.hash) {
    faults.add('chain', chainText(expected, atExpected));
  }
  return {
    events,
    lastPosition: previous?.position ?? 0,
    lastRecordedAt: previous?.recordedAt ?? null,
    chain: isWhole ? { events: chain.events, hash: chain.hash } : null,
  };
}

function holeText({
  from,
  to,
  reason,
}: {
  from: number;
  to: number | null;
  reason: string;
}): string {
  const where = to === null ? `nothing from position ${from} on` : `positions ${from} to ${to}`;
  return to === null ? `${where} can be read (${reason})` : `${where} can't be read (${reason})`;
}

function chainText(expected: ChainLink, found: string | null): string {
  return found === null
    ? `there are fewer readable events than the ${expected.events} that were backed up`
    : `the first ${expected.events} events are not those that were backed up: their chain ends in ${found}, the backup's in ${expected.hash}`;
}
