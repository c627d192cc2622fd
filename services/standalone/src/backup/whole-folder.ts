import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UsageError } from '@provisie/process';
import { syncToDisk } from './durable.ts';

const UNFINISHED = 'unfinished';

/**
 * Makes a folder that gets its name when it is complete and on disk: `work` fills it under another name. Throws
 * `UsageError` when it is there already. What was left of one that broke off is removed.
 */
export async function wholeFolder<Result>(
  folder: string,
  work: (unfinished: string) => Promise<Result>,
): Promise<Result> {
  if (existsSync(folder)) {
    throw new UsageError(
      `${folder} is there already, and a backup is never written over. Name another folder.`,
    );
  }
  const parent = dirname(folder);
  const prefix = `.${basename(folder)}.${UNFINISHED}-`;
  await mkdir(parent, { recursive: true });
  await removeLeftovers(parent, prefix);
  const unfinished = await mkdtemp(join(parent, prefix));
  try {
    const result = await work(unfinished);
    await syncToDisk(unfinished);
    await rename(unfinished, folder);
    await syncToDisk(parent);
    return result;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

export async function removeLeftovers(folder: string, prefix: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(prefix)) await rm(join(folder, name), { recursive: true, force: true });
  }
}
