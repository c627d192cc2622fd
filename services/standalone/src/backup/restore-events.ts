import { constants } from 'node:fs';
import { chmod, copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EventChain, eventLine, type ChainLink } from '@provisie/event-store/log-equality';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { checkEventFile } from '@provisie/event-store/sqlite/upkeep';
import type { RecordedEvent } from '@provisie/event-store';
import { UsageError } from '@provisie/process';
import { backedUpEvents, batchesOf } from './backed-up-events.ts';
import { syncToDisk } from './durable.ts';
import { LeftOut } from './left-out.ts';
import { FILE_NAMES, type EventsManifest } from './manifest.ts';
import { requireUnchanged, type BackupPart } from './parts.ts';
import { reaches, type Point } from './point.ts';

export interface EventsRestore {
  /** The whole log first, then its increments. */
  readonly parts: readonly BackupPart<EventsManifest>[];
  /** The event file is made in here. */
  readonly folder: string;
  /** Null: all of it. */
  readonly until: Point | null;
  readonly onRestored: (events: number, total: number) => void;
  readonly onChecked: (position: number, last: number) => void;
}

export interface RestoredLog {
  readonly position: number;
  readonly events: number;
  readonly chain: string;
  readonly lastRecordedAt: number | null;
  readonly leftOut: LeftOut;
}

/** Makes an event file from backups, and reads it through. Throws `UsageError` when anything isn't as it was backed up. */
export async function restoreEvents(restore: EventsRestore): Promise<RestoredLog> {
  for (const part of restore.parts) await requireUnchanged(part);
  const file = join(restore.folder, FILE_NAMES.events);
  const leftOut = new LeftOut();
  const expected =
    restore.until === null
      ? await restoreAll(file, restore)
      : await restoreUntil(file, { ...restore, until: restore.until }, leftOut);
  const check = await checkEventFile(file, { expected, onProgress: restore.onChecked });
  const damage = check.faults.find(({ kind }) => kind !== 'event');
  if (damage !== undefined || check.chain?.events !== expected.events) {
    throw new UsageError(
      `What was restored is not in order, so it was removed again: ${damage?.first ?? 'there are more events than were backed up'}. Take another backup.`,
    );
  }
  await syncToDisk(file);
  const { lastPosition: position, events, lastRecordedAt } = check;
  return { position, events, chain: expected.hash, lastRecordedAt, leftOut };
}

async function restoreAll(file: string, { parts, onRestored }: EventsRestore): Promise<ChainLink> {
  const [base, ...increments] = parts;
  const last = parts.at(-1);
  if (base === undefined || last === undefined) throw new Error('no backup of a log');
  await copyFile(base.file, file, constants.COPYFILE_FICLONE);
  await chmod(file, 0o600);
  const total = last.manifest.log.events;
  let done = base.manifest.log.events;
  onRestored(done, total);
  const store = openSqliteEventStore({ file });
  try {
    for (const increment of increments) {
      for await (const batch of batchesOf(increment)) {
        await store.importEvents(batch);
        onRestored((done += batch.length), total);
      }
    }
  } finally {
    await store.close();
  }
  return { events: total, hash: last.manifest.log.chain };
}

/** Reads the backup to its end: that shows it whole, and what is left out. */
async function restoreUntil(
  file: string,
  { parts, until, onRestored }: EventsRestore & { readonly until: Point },
  leftOut: LeftOut,
): Promise<ChainLink> {
  const total = parts.at(-1)?.manifest.log.events ?? 0;
  const chain = new EventChain();
  const store = openSqliteEventStore({ file });
  let last: RecordedEvent | null = null;
  try {
    for await (const batch of backedUpEvents(parts)) {
      const taken: RecordedEvent[] = [];
      for (const event of batch) {
        if (leftOut.first === null && reaches(until, event, last)) {
          taken.push(event);
          chain.add(eventLine(event));
          last = event;
        } else leftOut.add(event);
      }
      if (taken.length > 0) await store.importEvents(taken);
      onRestored(chain.events + leftOut.events, total);
    }
  } finally {
    await store.close();
  }
  return { events: chain.events, hash: chain.hash };
}
