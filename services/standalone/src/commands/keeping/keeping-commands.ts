import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import type { BackupChoices } from './backup-command.ts';
import type { CheckChoices } from './check-command.ts';
import type { MigrateChoices } from './migrate-store-command.ts';
import type { RestoreChoices } from './restore-command.ts';

/** Adds the commands that keep the precious files: backup, restore, check, migrate-store. */
export function addKeepingCommands(program: Command, { environment, config }: Surroundings): void {
  program
    .command('backup <folder>')
    .description('copy the log and the vault into a new folder, also while a server runs')
    .option('--only <part>', 'events or vault: to keep the two apart')
    .option('--since <backup>', 'only the events that came after an earlier backup')
    .option('--megabytes-per-second <n>', 'read the log at most so fast', '100')
    .action(async (folder: string, choices: BackupChoices) => {
      const { backupCommand } = await import('./backup-command.ts');
      await backupCommand(config().stores, folder, choices);
    });
  program
    .command('restore <backups...>')
    .description('make a data folder from backups, in full or up to a point')
    .requiredOption('--to <folder>', 'the data folder to make; empty, or not there')
    .option('--until <point>', 'up to a position or a moment, such as 2026-03-31T22:00:00Z')
    .option('--only <part>', 'events or vault')
    .action(async (backups: string[], choices: RestoreChoices) => {
      const { restoreCommand } = await import('./restore-command.ts');
      await restoreCommand(backups, choices);
    });
  program
    .command('check [path]')
    .description('read a data folder, an event file or a backup through and name every fault')
    .option('--against <backup>', 'the log must begin with what was backed up')
    .option('--rescue <file>', 'write what can be read of a damaged event file to a new one')
    .option('--with <backup>', 'with --rescue: take from it what it holds')
    .action(async (path: string | undefined, choices: CheckChoices) => {
      const { checkCommand } = await import('./check-command.ts');
      await checkCommand(path ?? config().stores, choices);
    });
  program
    .command('migrate-store')
    .description('copy the log to another store, and prove that both are equal')
    .requiredOption(
      '--to <address>',
      'sqlite:FILE, postgres://… or kurrentdb://…; env:NAME reads it from that variable',
    )
    .option(
      '--from <address>',
      'default: PROVISIE_EVENT_STORE, else the event file of the data folder',
    )
    .option('--vault-to <address>', 'copy the vault too: sqlite:FILE, postgres://… or env:NAME')
    .option('--online', 'copy a first part while the server runs', false)
    .action(async (choices: MigrateChoices) => {
      const { migrateStoreCommand } = await import('./migrate-store-command.ts');
      await migrateStoreCommand({ environment, stores: config().stores }, choices);
    });
}
