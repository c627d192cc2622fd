import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** Adds the commands that look after the read model: rebuild, verify, quarantine, generations. */
export function addReadModelCommands(program: Command, { config }: Surroundings): void {
  program
    .command('rebuild')
    .description('make the read model anew from the log')
    .action(async () => {
      const { rebuildCommand } = await import('./rebuild-command.ts');
      await rebuildCommand(config().stores);
    });
  program
    .command('verify')
    .description('rebuild beside the live read model and compare, table by table')
    .action(async () => {
      const { verifyCommand } = await import('./verify-command.ts');
      await verifyCommand(config().stores);
    });

  const quarantine = program
    .command('quarantine')
    .description('events that could not be applied and were set aside');
  quarantine
    .command('list')
    .description('all of them with their errors, in log order')
    .option('--json', 'a line of JSON each', false)
    .action(async (choices: { json: boolean }) => {
      const { quarantineListCommand } = await import('./quarantine-list-command.ts');
      await quarantineListCommand(config().stores, choices);
    });
  quarantine
    .command('replay')
    .description('apply them at their places, by a read model built anew that then takes over')
    .action(async () => {
      const { quarantineReplayCommand } = await import('./quarantine-replay-command.ts');
      await quarantineReplayCommand(config().stores);
    });

  const generations = program
    .command('generations')
    .description('the builds of the read model, and which of them is live');
  generations
    .command('list')
    .description('all that have tables')
    .action(async () => {
      const { generationsListCommand } = await import('./generations-commands.ts');
      await generationsListCommand(config().stores);
    });
  generations
    .command('drop')
    .description('remove at once those that another took the place of; old versions with --older')
    .option('--older', 'older versions too, which nobody projects any more', false)
    .action(async (choices: { older: boolean }) => {
      const { generationsDropCommand } = await import('./generations-commands.ts');
      await generationsDropCommand(config().stores, choices);
    });
}
