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

/** Some of the sectors that were to change have, others haven't, and some hold rubbish. */
function tornBytes(before: Buffer, after: Buffer, random: Random): Buffer {
  const written = random.pick([0, 0.5, 0.9, 1]);
  const rubbish = random.pick([0, 0, 0.1]);
  const torn = Buffer.alloc(Math.max(before.length, after.length));
  before.copy(torn);
  for (let start = 0; start < torn.length; start += SECTOR_BYTES) {
    const end = start + SECTOR_BYTES;
    const wanted = after.subarray(start, end);
    if (wanted.length === 0 || wanted.equals(before.subarray(start, end))) continue;
    if (random.chance(rubbish)) torn.set(random.bytes(wanted.length), start);
    else if (random.chance(written)) wanted.copy(torn, start);
  }
  return torn;
}

/** What is left of a file whose end was never synced. */
export function cutBehind(bytes: Buffer, synced: number, random: Random): Buffer {
  return bytes.subarray(0, random.between(Math.min(synced, bytes.length), bytes.length));
}
