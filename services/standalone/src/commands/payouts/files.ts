import { createHash, randomUUID, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, basename } from 'node:path';
import { UsageError } from '@provisie/process';

/** A file that was received in whole and stands under a name of its own, beside where it will be. */
export interface ReceivedFile {
  readonly target: string;
  readonly temporary: string;
  /** Beside what stands there already. */
  readonly is: 'new' | 'equal' | 'different';
}

/** Account numbers and names are for the owner of the file alone. */
const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

/** Receives a file completely before it gets its name: there is never half a file under it. */
export async function receive(
  target: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<ReceivedFile> {
  await mkdir(dirname(target), { recursive: true, mode: FOLDER_OWNER_ONLY });
  const temporary = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    const hash = await write(temporary, pieces);
    const known = await hashOfFile(target);
    const is = known === null ? 'new' : known === hash.digest('hex') ? 'equal' : 'different';
    return { target, temporary, is };
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function write(file: string, pieces: AsyncIterable<Uint8Array>): Promise<Hash> {
  const hash = createHash('sha256');
  const handle = await open(file, 'wx', OWNER_ONLY);
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      await handle.writeFile(piece);
    }
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hash;
}

/** Null for a file that isn't there. */
async function hashOfFile(file: string): Promise<string | null> {
  if ((await stat(file).catch(() => null)) === null) return null;
  const hash = createHash('sha256');
  const pieces: AsyncIterable<Uint8Array> = createReadStream(file);
  for await (const piece of pieces) hash.update(piece);
  return hash.digest('hex');
}

/**
 * Gives the files their names. One that says something else than a file that stands there already is refused, and
 * then none is placed, unless it may be replaced.
 */
export async function place(files: readonly ReceivedFile[], mayReplace: boolean): Promise<void> {
  const others = files.filter(({ is }) => is === 'different');
  if (others.length > 0 && !mayReplace) {
    await discard(files);
    const names = others.map(({ target }) => target).join('\n  ');
    throw new UsageError(
      `There is another file already, and nothing was written:\n  ${names}\n--replace-files puts the new one in its place; or name another folder with --to.`,
    );
  }
  for (const { target, temporary, is } of files) {
    if (is === 'equal') await rm(temporary, { force: true });
    else await rename(temporary, target);
  }
}

export async function discard(files: readonly ReceivedFile[]): Promise<void> {
  for (const { temporary } of files) await rm(temporary, { force: true });
}
