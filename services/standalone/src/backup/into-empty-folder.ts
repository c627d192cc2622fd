import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '@provisie/process';
import { syncToDisk } from './durable.ts';
import { removeLeftovers } from './whole-folder.ts';

const PREFIX = '.restore.unfinished-';

/**
 * Fills a folder that is empty or not there: `work` makes the files elsewhere in it, and they come to their places
 * together, the last named last. Throws `UsageError` when something is there. What was left of a restore that broke off
 * is removed.
 */
export async function intoEmptyFolder<Result>(
  folder: string,
  names: readonly string[],
  work: (unfinished: string) => Promise<Result>,
): Promise<Result> {
  await mkdir(folder, { recursive: true });
  await removeLeftovers(folder, PREFIX);
  const found = await readdir(folder);
  if (found.length > 0) {
    throw new UsageError(
      `${folder} is not empty (${found.slice(0, 3).join(', ')}), and data are never restored over others. Stop the server, move that folder away, and restore into a new one.`,
    );
  }
  const unfinished = await mkdtemp(join(folder, PREFIX));
  try {
    const result = await work(unfinished);
    for (const name of names) await place(join(unfinished, name), join(folder, name));
    await syncToDisk(folder);
    return result;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/** A link is made only where nothing is: not even what a server made that was started meanwhile is lost. */
async function place(made: string, name: string): Promise<void> {
  if (existsSync(name)) {
    throw new UsageError(
      `${name} appeared while it was being restored: a server was started there. Stop it, and restore into another folder.`,
    );
  }
  await link(made, name);
}
