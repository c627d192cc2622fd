import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** Adds `provisie import …`. */
export function addImportCommands(program: Command, { config }: Surroundings): void {
  const imports = program.command('import').description('bring in what happened before');
  imports
    .command('access-log <file>')
    .description('clicks from an nginx log in the combined format (.gz too); again adds nothing')
    .option('--tracker-path <path>', 'what the old tracker’s links began with', '/r/')
    .option('--dry-run', 'read and count, write nothing', false)
    .action(async (file: string, choices: { trackerPath: string; dryRun: boolean }) => {
      const { importAccessLogCommand } = await import('./import-access-log-command.ts');
      await importAccessLogCommand(config().stores, file, choices);
    });
  imports
    .command('orders <file>')
    .description('orders from a CSV file; again adds nothing')
    .option('--skip-bad-rows', 'import the good rows although others are not right', false)
    .action(async (file: string, choices: { skipBadRows: boolean }) => {
      const { importOrdersCommand } = await import('./import-orders-command.ts');
      await importOrdersCommand(config().stores, file, choices);
    });
}
