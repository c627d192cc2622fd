import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Stores } from '@provisie/engines/variables';
import { UsageError } from '@provisie/process';
import { backUpEvents, backUpEventsSince } from '../../backup/back-up-events.ts';
import { backUpVault } from '../../backup/back-up-vault.ts';
import type { EventsManifest, LogReach } from '../../backup/manifest.ts';
import { findNewest } from '../../backup/parts.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';
import { partOf, type Part } from './part.ts';
import { sqliteFilesOf } from './sqlite-files.ts';

export interface BackupChoices {
  readonly only?: string;
  readonly since?: string;
  readonly megabytesPerSecond: string;
}

/** `provisie backup`: also while a server runs. */
export async function backupCommand(
  stores: Stores,
  target: string,
  choices: BackupChoices,
): Promise<void> {
  const only = partOf(choices.only);
  const files = sqliteFilesOf(stores);
  const folder = resolve(target);
  const bytesPerSecond = 1_000_000 * rateOf(choices.megabytesPerSecond);
  const since = choices.since === undefined ? null : await sinceOf(choices.since, only);
  if (only !== 'events') requireVault(files.vault);
  for (const part of ['events', 'vault'] as const) requireNew(join(folder, part), only, part);
  if (only !== 'vault') {
    const copying = showProgress('Copying', 'bytes');
    const reading = showProgress(since === null ? 'Checking the copy' : 'Writing', 'positions');
    try {
      const backup = {
        from: files.events,
        folder: join(folder, 'events'),
        now: Date.now(),
        bytesPerSecond,
        onCopied: copying.update,
        onChecked: (position: number, last: number) => {
          copying.stop();
          reading.update(position, last);
        },
      };
      const manifest = await (since === null
        ? backUpEvents(backup)
        : backUpEventsSince(backup, since));
      reading.stop();
      print(eventsText(join(folder, 'events'), manifest));
    } finally {
      copying.stop();
      reading.stop();
    }
  }
  // After the log, so that it has the key of everything in there.
  if (only !== 'events') {
    const vault = { from: files.vault, folder: join(folder, 'vault'), now: Date.now() };
    const { file } = await backUpVault(vault);
    print(`Vault: ${count(file.bytes)} bytes in ${join(folder, 'vault')}.`);
  }
  if (only === null) {
    print();
    print(
      `Keep ${join(folder, 'events')} and ${join(folder, 'vault')} apart, with different people or keys: whoever has both can read what was sealed. When somebody's data are erased, make a new backup of the vault and destroy the older ones.`,
    );
  }
}

function eventsText(folder: string, { log, since, file }: EventsManifest): string {
  const what =
    since === null
      ? `${count(log.events)} events, to position ${count(log.position)}`
      : `${count(log.events - since.events)} events after position ${count(since.position)}, to position ${count(log.position)}`;
  return `Log: ${what}, read through and in order: ${count(file.bytes)} bytes in ${folder}.\n  chain ${log.chain}`;
}

async function sinceOf(backup: string, only: Part | null): Promise<LogReach> {
  if (only === 'vault') throw new UsageError('--since is for events; a vault is copied whole.');
  return (await findNewest(backup)).log;
}

function requireVault(vault: string): void {
  if (existsSync(vault)) return;
  throw new UsageError(`There is no vault at ${vault}. \`--only events\` backs up the log alone.`);
}

/** Before anything is copied. */
function requireNew(folder: string, only: Part | null, part: Part): void {
  if ((only !== null && only !== part) || !existsSync(folder)) return;
  throw new UsageError(
    `${folder} is there already, and a backup is never written over. Name another folder, such as one with the date.`,
  );
}

function rateOf(text: string): number {
  const rate = Number(text);
  if (Number.isFinite(rate) && rate > 0) return rate;
  throw new UsageError(`--megabytes-per-second must be a number above 0; it is ${text}.`);
}
