import { resolve } from 'node:path';
import { UsageError } from '@provisie/process';
import { intoEmptyFolder } from '../../backup/into-empty-folder.ts';
import { findParts, type BackupParts } from '../../backup/parts.ts';
import { pointOf, type Point } from '../../backup/point.ts';
import { restoreEvents, type RestoredLog } from '../../backup/restore-events.ts';
import { restoreVault } from '../../backup/restore-vault.ts';
import { showProgress } from '../../progress.ts';
import { count, print } from '../output.ts';
import { leftOutText } from './left-out-text.ts';
import { partOf, type Part } from './part.ts';

export interface RestoreChoices {
  readonly to: string;
  readonly until?: string;
  readonly only?: string;
}

/** `provisie restore`: into an empty folder only. */
export async function restoreCommand(
  backups: readonly string[],
  choices: RestoreChoices,
): Promise<void> {
  const only = partOf(choices.only);
  const until = choices.until === undefined ? null : pointOf(choices.until);
  const folder = resolve(choices.to);
  const parts = wanted(await findParts(backups), only);
  requireBoth(parts, only);
  const names = [
    ...(parts.vault === null ? [] : ['vault.sqlite']),
    ...(parts.events.length === 0 ? [] : ['events.sqlite']),
  ];
  const log = await intoEmptyFolder(folder, names, async (unfinished) => {
    if (parts.vault !== null) await restoreVault(parts.vault, unfinished);
    return parts.events.length === 0 ? null : await restoreLog(parts, unfinished, until);
  });
  if (parts.vault !== null) {
    print(`Vault: as it was at ${parts.vault.manifest.createdAt}, in ${folder}.`);
  }
  if (log !== null) tell(folder, log, until);
}

function wanted(found: BackupParts, only: Part | null): BackupParts {
  return {
    events: only === 'vault' ? [] : found.events,
    vault: only === 'events' ? null : found.vault,
  };
}

/** A server that finds no vault makes a new one, in which nobody is who they were. */
function requireBoth({ events, vault }: BackupParts, only: Part | null): void {
  if (events.length === 0 && only !== 'vault') {
    throw new UsageError(
      'There is no log in these backups. `--only vault` restores the vault alone.',
    );
  }
  if (vault === null && only !== 'events') {
    throw new UsageError(
      'There is no vault in these backups. Name its backup too. `--only events` restores the log alone: put vault.sqlite beside it before you start a server, which would else make a new vault, in which no name can be read and every customer is a new one.',
    );
  }
}

async function restoreLog(
  { events: parts }: BackupParts,
  folder: string,
  until: Point | null,
): Promise<RestoredLog> {
  const restoring = showProgress('Restoring', 'events');
  const checking = showProgress('Checking', 'positions');
  try {
    return await restoreEvents({
      parts,
      folder,
      until,
      onRestored: restoring.update,
      onChecked: (position, last) => {
        restoring.stop();
        checking.update(position, last);
      },
    });
  } finally {
    restoring.stop();
    checking.stop();
  }
}

function tell(folder: string, log: RestoredLog, until: Point | null): void {
  const last =
    log.lastRecordedAt === null ? '' : `, recorded ${new Date(log.lastRecordedAt).toISOString()}`;
  print(
    `Log: ${count(log.events)} events, to position ${count(log.position)}${last}; read through and in order.`,
  );
  print(`  chain ${log.chain}`);
  if (until !== null) print(leftOutText(log.leftOut));
  print();
  print('Next, before a server runs on it:');
  print(`  provisie --data ${folder} rebuild    # the read model, which no backup holds`);
  print(`  provisie --data ${folder} verify`);
  print(
    'Put no read model of before into that folder. What happened after the last event is known elsewhere only: docs/how-to/back-up.md says what to check with the bank, the shop and your partners.',
  );
}
