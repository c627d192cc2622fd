import { createWriteStream, existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { once } from 'node:events';
import { eventLine, type ChainLink } from '@provisie/event-store/log-equality';
import {
  checkEventFile,
  integrityOf,
  rescueEvents,
  type EventFileCheck,
} from '@provisie/event-store/sqlite/upkeep';
import type { Stores } from '@provisie/engines/variables';
import { UsageError } from '@provisie/process';
import { findNewest, findParts, isBackup, requireUnchanged } from '../../backup/parts.ts';
import { showProgress } from '../../progress.ts';
import { count, print, table } from '../output.ts';
import { sqliteFilesOf, type SqliteFiles } from './sqlite-files.ts';

export interface CheckChoices {
  readonly against?: string;
  readonly rescue?: string;
  readonly with?: string;
}

/** `provisie check`: reads only, also while a server runs. */
export async function checkCommand(given: string | Stores, choices: CheckChoices): Promise<void> {
  const found = typeof given === 'string' ? whatIsAt(resolve(given)) : sqliteFilesOf(given);
  if (choices.rescue !== undefined) {
    await rescue(eventFileOf(found), resolve(choices.rescue), choices.with ?? null);
    return;
  }
  if (choices.with !== undefined) throw new UsageError('--with goes with --rescue.');
  const against = choices.against === undefined ? null : await reachOf(choices.against);
  if (typeof found !== 'string') await checkFiles(found, against);
  else if (isBackup(found)) await checkBackup(found, against);
  else await checkLog(found, against);
}

/** A file, a backup's folder, or the files of a data folder. */
function whatIsAt(path: string): string | SqliteFiles {
  if (!existsSync(path)) throw new UsageError(`There is nothing at ${path}.`);
  if (!statSync(path).isDirectory() || isBackup(path)) return path;
  return { events: join(path, 'events.sqlite'), vault: join(path, 'vault.sqlite') };
}

function eventFileOf(found: string | SqliteFiles): string {
  return typeof found === 'string' ? found : found.events;
}

async function reachOf(backup: string): Promise<ChainLink> {
  const { log } = await findNewest(backup);
  return { events: log.events, hash: log.chain };
}

async function checkFiles(
  { events, vault }: SqliteFiles,
  against: ChainLink | null,
): Promise<void> {
  const faults = existsSync(vault) ? integrityOf(vault) : ['is missing'];
  print(`Vault ${vault}: ${faults.length === 0 ? 'in order' : faults.join('; ')}`);
  await checkLog(events, against);
  if (faults.length > 0)
    throw new UsageError(`The vault ${vault} is not in order. Restore it from a backup.`);
}

/** Every file is what its manifest says, and what it holds is in order. */
async function checkBackup(folder: string, against: ChainLink | null): Promise<void> {
  const { events, vault } = await findParts([folder]);
  for (const part of [...events, ...(vault === null ? [] : [vault])]) {
    await requireUnchanged(part);
    print(`${part.file}: as it was backed up at ${part.manifest.createdAt}`);
  }
  if (vault !== null) {
    const [fault] = integrityOf(vault.file);
    if (fault !== undefined) throw new UsageError(`${vault.file} is damaged: ${fault}`);
  }
  const [whole] = events;
  if (whole === undefined) return;
  const { log } = whole.manifest;
  await checkLog(whole.file, { events: log.events, hash: log.chain });
  if (against !== null) await checkLog(whole.file, against);
}

async function checkLog(file: string, expected: ChainLink | null): Promise<void> {
  const progress = showProgress('Checking', 'positions');
  let check: EventFileCheck;
  try {
    check = await checkEventFile(file, {
      onProgress: progress.update,
      ...(expected === null ? {} : { expected }),
    });
  } finally {
    progress.stop();
  }
  print(checkText(file, check, expected));
  if (check.faults.length > 0) {
    throw new UsageError(
      `${file} is not in order. Stop the server, keep the file as it is, and see docs/how-to/back-up.md: restore a backup, or \`provisie check ${file} --rescue NEW-FILE\`.`,
    );
  }
}

function checkText(file: string, check: EventFileCheck, expected: ChainLink | null): string {
  const { faults, events, lastPosition, chain } = check;
  const head = `Log ${file}: ${count(events)} events, to position ${count(lastPosition)}`;
  if (faults.length === 0) {
    const same =
      expected === null
        ? ''
        : `, and its first ${count(expected.events)} events are those that were backed up`;
    return `${head}: in order${same}.\n  chain ${chain?.hash ?? ''}`;
  }
  const rows = faults.map(({ kind, count: found, first }) => [kind, count(found), first]);
  return [`${head}.`, '', table(['fault', 'found', 'the first'], rows), ''].join('\n');
}

async function rescue(damaged: string, to: string, backup: string | null): Promise<void> {
  const restFile = `${to}.rest.jsonl`;
  if (existsSync(restFile)) throw new UsageError(`${restFile} is there already. Name a new file.`);
  const rest = createWriteStream(restFile, { flags: 'wx', mode: 0o600 });
  const whole = backup === null ? null : await wholeLog(backup);
  const result = await rescueEvents({
    damaged,
    to,
    ...(whole === null ? {} : { backup: whole }),
    onRest: (event) => void rest.write(`${eventLine(event)}\n`),
  });
  rest.end();
  await once(rest, 'close');
  print(
    `${to}: a log in order, to position ${count(result.lastPosition)}; ${count(result.rescued)} events are from the damaged file.`,
  );
  if (result.stoppedAt === null) {
    print('That is everything the damaged file held.');
    return;
  }
  print(`It ends there: ${result.stoppedAt}`);
  print(
    `${count(result.rest)} later events can be read but don’t follow it; they are in ${restFile}, a line each, for people to look through.`,
  );
  if (backup === null)
    print(
      'With a backup that reaches beyond that place, `--with BACKUP` brings the later ones back too.',
    );
}

async function wholeLog(backup: string): Promise<string> {
  const { events } = await findParts([backup]);
  const [whole, ...increments] = events;
  if (whole === undefined || increments.length > 0) {
    throw new UsageError(
      '--with takes one backup of the whole log. Restore increments first, and name the restored folder’s event file to `--rescue` after that.',
    );
  }
  await requireUnchanged(whole);
  return whole.file;
}
