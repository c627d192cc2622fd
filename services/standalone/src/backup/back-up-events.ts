import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { RecordedEvent } from '@provisie/event-store';
import { EventChain, eventLine } from '@provisie/event-store/log-equality';
import { openSqliteEventStore, type SqliteEventStore } from '@provisie/event-store/sqlite';
import { checkEventFile, copyOnline } from '@provisie/event-store/sqlite/upkeep';
import { UsageError } from '@provisie/process';
import { syncToDisk, writeDurably } from './durable.ts';
import { fileHash } from './file-hash.ts';
import { FILE_NAMES, MANIFEST, type EventsManifest, type LogReach } from './manifest.ts';
import { provisieVersion } from './version.ts';
import { wholeFolder } from './whole-folder.ts';

export interface EventsBackup {
  /** The event file; a server may be writing to it. */
  readonly from: string;
  /** Made by this. */
  readonly folder: string;
  /** UTC milliseconds. */
  readonly now: number;
  readonly bytesPerSecond: number;
  readonly onCopied?: (bytes: number, total: number) => void;
  readonly onChecked?: (position: number, last: number) => void;
}

/** Copies the whole log as it is now, reads the copy through, and says in a manifest what it is. */
export async function backUpEvents(backup: EventsBackup): Promise<EventsManifest> {
  return await wholeFolder(backup.folder, async (folder) => {
    const file = join(folder, FILE_NAMES.events);
    const { from: source, bytesPerSecond, onCopied, onChecked } = backup;
    await copyOnline({
      from: source,
      to: file,
      bytesPerSecond,
      ...(onCopied === undefined ? {} : { onProgress: onCopied }),
    });
    const log = await reachOf(file, source, onChecked);
    const named = { name: FILE_NAMES.events, ...(await fileHash(file)) };
    return await saveManifest(folder, { file: named, log, since: null, now: backup.now });
  });
}

/** The copy is what the log was; if that can't be read, it is no backup. */
async function reachOf(
  file: string,
  source: string,
  onChecked: EventsBackup['onChecked'],
): Promise<LogReach> {
  const check = await checkEventFile(
    file,
    onChecked === undefined ? {} : { onProgress: onChecked },
  );
  // What only a newer version understands is kept as it is.
  const damage = check.faults.find(({ kind }) => kind !== 'event');
  if (damage !== undefined || check.chain === null) {
    throw new UsageError(
      `${source} is not in order, so no backup was made of it: ${damage?.first ?? ''}. Keep the earlier backups; \`provisie check\` tells what is wrong and how to rescue the rest.`,
    );
  }
  const last = await lastEvent(file, check.lastPosition);
  return reach(check.chain, last);
}

async function lastEvent(file: string, position: number): Promise<RecordedEvent | null> {
  const store = openSqliteEventStore({ file, readOnly: true });
  try {
    return store.readBatch(position - 1, { batchSize: 1 })[0] ?? null;
  } finally {
    await store.close();
  }
}

function reach(
  { events, hash }: { readonly events: number; readonly hash: string },
  last: RecordedEvent | null,
): LogReach {
  return {
    position: last?.position ?? 0,
    events,
    chain: hash,
    lastEventId: last?.id ?? null,
    recordedAt: last === null ? null : new Date(last.recordedAt).toISOString(),
  };
}

/** Writes only what came after another backup of the same log. */
export async function backUpEventsSince(
  { from: source, folder: target, now, onChecked }: EventsBackup,
  since: LogReach,
): Promise<EventsManifest> {
  const store = openSqliteEventStore({ file: source, readOnly: true });
  try {
    requireSameLog(store, since, source);
    return await wholeFolder(target, async (folder) => {
      const file = join(folder, FILE_NAMES.increment);
      const log = await writeEventsAfter(store, since, file, onChecked);
      await syncToDisk(file);
      const named = { name: FILE_NAMES.increment, ...(await fileHash(file)) };
      return await saveManifest(folder, { file: named, log, since, now });
    });
  } finally {
    await store.close();
  }
}

function requireSameLog(store: SqliteEventStore, since: LogReach, source: string): void {
  if (since.position === 0) return;
  const [event] = store.readBatch(since.position - 1, { batchSize: 1 });
  if (event?.position === since.position && event.id === since.lastEventId) return;
  throw new UsageError(
    `${source} doesn't hold event ${String(since.lastEventId)} at position ${since.position}, with which the earlier backup ends: it is another log, or was restored to an earlier point. Make a whole backup.`,
  );
}

async function writeEventsAfter(
  store: SqliteEventStore,
  since: LogReach,
  file: string,
  onWritten: EventsBackup['onChecked'],
): Promise<LogReach> {
  const chain = new EventChain({ events: since.events, hash: since.chain });
  const head = await store.head();
  const seen: { last: RecordedEvent | null } = { last: null };
  async function* lines() {
    for await (const batch of store.readAll(since.position)) {
      let text = '';
      for (const event of batch) {
        const line = eventLine(event);
        chain.add(line);
        text += `${line}\n`;
        seen.last = event;
      }
      onWritten?.(seen.last?.position ?? 0, head);
      yield text;
    }
  }
  await pipeline(lines, createGzip(), createWriteStream(file, { flags: 'wx', mode: 0o600 }));
  if (seen.last === null) return since;
  return reach({ events: chain.events, hash: chain.hash }, seen.last);
}

async function saveManifest(
  folder: string,
  {
    file,
    log,
    since,
    now,
  }: Pick<EventsManifest, 'file' | 'log' | 'since'> & { readonly now: number },
): Promise<EventsManifest> {
  const manifest: EventsManifest = {
    format: 'provisie-backup',
    formatVersion: 1,
    createdAt: new Date(now).toISOString(),
    provisie: provisieVersion(),
    part: 'events',
    file,
    log,
    since,
  };
  await writeDurably(join(folder, MANIFEST), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
