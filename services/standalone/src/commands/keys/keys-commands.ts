import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import type { IssueChoices } from './access-keys.ts';

/** Adds `provisie keys …`. */
export function addKeysCommands(program: Command, { config }: Surroundings): void {
  const keys = program.command('keys').description('access keys of the API');
  keys
    .command('list')
    .description('all keys; their secrets are kept nowhere')
    .action(async () => {
      const { listKeysCommand } = await import('./access-keys.ts');
      await listKeysCommand(config().stores);
    });
  keys
    .command('issue')
    .description('make a key and show its secret')
    .requiredOption('--scope <scopes...>', 'admin, finance, orders or partner')
    .requiredOption('--label <text>', 'what it is for')
    .option('--partner <partnerId>', 'whose data a partner key may read')
    .action(async (choices: IssueChoices) => {
      const { issueKeyCommand } = await import('./access-keys.ts');
      await issueKeyCommand(config().stores, choices);
    });
  keys
    .command('revoke <keyId>')
    .description('end a key from now on')
    .action(async (keyId: string) => {
      const { revokeKeyCommand } = await import('./access-keys.ts');
      await revokeKeyCommand(config().stores, keyId);
    });
}
