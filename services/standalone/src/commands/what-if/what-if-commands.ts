import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import type { WhatIfChoices } from './what-if-command.ts';

/** Adds the command that asks what other terms would have come to. */
export function addWhatIfCommands(program: Command, { config }: Surroundings): void {
  program
    .command('what-if <programmeId> <terms.json>')
    .description('what partners would have earned under other terms; writes nothing')
    .option('--from <when>', 'orders placed from this day or moment on (default: all)')
    .option('--to <when>', 'orders placed until then, a day to its end (default: all)')
    .option('--orders', 'each order that differs, instead of the sums of partners', false)
    .option('--json', 'a line of JSON each', false)
    .action(async (programmeId: string, file: string, choices: WhatIfChoices) => {
      const { whatIfCommand } = await import('./what-if-command.ts');
      await whatIfCommand(config().stores, { programmeId, file, ...choices });
    });
}
