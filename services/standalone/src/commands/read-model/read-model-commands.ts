import type { Command } from 'commander';
import type { Stores } from '@provisie/engines';

/** Adds the commands that look after the read model: quarantine list and replay, generations list and drop. */
export function addReadModelCommands(program: Command, stores: () => Stores): void {
  const quarantine = program
    .command('quarantine')
    .description('events that could not be applied and were set aside');
  quarantine
    .command('list')
    .description('all of them with their errors, in log order')
    .option('--json', 'a line of JSON each', false)
    .action(async (choices: { json: boolean }) => {
      const { quarantineListCommand } = await import('./quarantine-list-command.ts');
      await quarantineListCommand(stores(), choices);
    });
  quarantine
    .command('replay')
    .description('apply them at their places, by a read model built anew that then takes over')
    .action(async () => {
      const { quarantineReplayCommand } = await import('./quarantine-replay-command.ts');
      await quarantineReplayCommand(stores());
    });

  const generations = program
    .command('generations')
    .description('the builds of the read model, and which of them is live');
  generations
    .command('list')
    .description('all that have tables')
    .action(async () => {
      const { generationsListCommand } = await import('./generations-commands.ts');
      await generationsListCommand(stores());
    });
  generations
    .command('drop')
    .description('remove at once those that another took the place of; old versions with --older')
    .option('--older', 'older versions too, which nobody projects any more', false)
    .action(async (choices: { older: boolean }) => {
      const { generationsDropCommand } = await import('./generations-commands.ts');
      await generationsDropCommand(stores(), choices);
    });
}
