import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../machinery/random.ts';

/** By file name. */
export type FileBytes = ReadonlyMap<string, Buffer>;

/** What a disk writes as a whole or not at all. */
const SECTOR_BYTES = 512;

export function filesOf(folder: string, names: readonly string[]): FileBytes {
  const files = new Map<string, Buffer>();
  for (const name of names) {
    const path = join(folder, name);
    if (existsSync(path)) files.set(name, readFileSync(path));
  }
  return files;
}

export function writeFiles(folder: string, files: FileBytes): void {
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
}

/**
 * A SQLite commit writes its write-ahead log and syncs it; after that it may move pages into the database and sync
 * that. So the power can fail in the middle of one of the two, and any sectors of it may have been written.
 */
export function tornBetween(
  before: FileBytes,
  after: FileBytes,
  database: string,
  random: Random,
): FileBytes {
  const wal = `${database}-wal`;
  const torn = new Map(after);
  const databaseBefore = before.get(database) ?? Buffer.alloc(0);
  const databaseAfter = after.get(database) ?? Buffer.alloc(0);
  if (databaseBefore.equals(databaseAfter)) {
    const walBefore = before.get(wal) ?? Buffer.alloc(0);
    const walAfter = after.get(wal) ?? Buffer.alloc(0);
    torn.set(wal, tornBytes(walBefore, walAfter, random));
  } else {
    torn.set(database, tornBytes(databaseBefore, databaseAfter, random));
  }
  return torn;
}

/**
 * Some of the sectors that were to change have, others haven't, and some hold rubbish: but only where something was to
 * be written. That no other byte of a sector suffers is what SQLite counts on ("powersafe overwrite",
 * https://www.sqlite.org/psow.html).
 */
function tornBytes(before: Buffer, after: Buffer, random: Random): Buffer {
  const written = random.pick([0, 0.5, 0.9, 1]);
  const rubbish = random.pick([0, 0, 0.1]);
  const torn = Buffer.alloc(Math.max(before.length, after.length));
  before.copy(torn);
  for (let sector = 0; sector < torn.length; sector += SECTOR_BYTES) {
    const end = Math.min(sector + SECTOR_BYTES, after.length);
    const start = firstDifference(before, after, sector, end);
    if (start >= end) continue;
    if (random.chance(rubbish)) torn.set(random.bytes(end - start), start);
    else if (random.chance(written)) after.copy(torn, start, start, end);
  }
  return torn;
}

function firstDifference(one: Buffer, other: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end && one[at] === other[at]) at += 1;
  return at;
}

/** What is left of a file whose end was never synced. */
export function cutBehind(bytes: Buffer, synced: number, random: Random): Buffer {
  return bytes.subarray(0, random.between(Math.min(synced, bytes.length), bytes.length));
}
