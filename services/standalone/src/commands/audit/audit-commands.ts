import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';

/** Adds the commands that show how every cent came about: explain, audit. */
export function addAuditCommands(program: Command, { config }: Surroundings): void {
  program
    .command('explain <orderId>')
    .description('say in words who gets an order, what it earns, and why')
    .action(async (orderId: string) => {
      const { explainCommand } = await import('./explain-command.ts');
      await explainCommand(config().stores, orderId);
    });
  program
    .command('audit <folder>')
    .description('write everything for an auditor into a new folder; or check such a folder')
    .option('--check', 'check a folder that was written before', false)
    .option('--extends <earlier>', 'with --check: the log begins with that of an earlier export')
    .action(async (target: string, choices: { check: boolean; extends?: string }) => {
      if (choices.check || choices.extends !== undefined) {
        const { checkAuditCommand } = await import('./check-audit-command.ts');
        await checkAuditCommand(target, choices.extends ?? null);
      } else {
        const { auditCommand } = await import('./audit-command.ts');
        await auditCommand(config().stores, target);
      }
    });
}
