import { Command, CommanderError } from 'commander';
import { failureText } from './commands/failure-text.ts';
import { addKeepingCommands } from './commands/keeping/keeping-commands.ts';
import { addPayoutsCommands } from './commands/payouts/payouts-commands.ts';
import { addProcessCommands } from './commands/process-commands.ts';
import { addReadModelCommands } from './commands/read-model/read-model-commands.ts';
import { readConfig, type Config } from './config.ts';

/** Commands are loaded when they are called, so that `--help` doesn't open databases' drivers. */
export function provisieCommand(
  environment: Readonly<Record<string, string | undefined>>,
): Command {
  const program = new Command('provisie')
    .description('Affiliate tracking and commissions, every cent explained from the log.')
    .option('--data <folder>', 'where the data lie (default: PROVISIE_DATA_DIR, else ./data)')
    .option('--debug', 'show where an error came from')
    .showHelpAfterError('(provisie --help tells more)')
    .exitOverride();
  const config = (): Config => {
    const { data } = program.opts<{ data?: string }>();
    const folder = data === undefined ? {} : { PROVISIE_DATA_DIR: data };
    return readConfig({ ...environment, ...folder });
  };
  const folder = () => config().dataFolder;
  const stores = () => config().stores;

  addProcessCommands(program, { environment, config });
  program
    .command('demo')
    .description('run a sample quarter through a real server and show who earned what')
    .action(async () => {
      const { demoCommand } = await import('./demo/demo-command.ts');
      await demoCommand(config());
    });

  const imports = program.command('import').description('bring in what happened before');
  imports
    .command('access-log <file>')
    .description('clicks from an nginx log in the combined format (.gz too); again adds nothing')
    .option('--tracker-path <path>', 'what the old tracker’s links began with', '/r/')
    .option('--dry-run', 'read and count, write nothing', false)
    .action(async (file: string, choices: { trackerPath: string; dryRun: boolean }) => {
      const { importAccessLogCommand } = await import('./commands/import-access-log-command.ts');
      await importAccessLogCommand(stores(), file, choices);
    });
  imports
    .command('orders <file>')
    .description('orders from a CSV file; again adds nothing')
    .option('--skip-bad-rows', 'import the good rows although others are not right', false)
    .action(async (file: string, choices: { skipBadRows: boolean }) => {
      const { importOrdersCommand } = await import('./commands/import-orders-command.ts');
      await importOrdersCommand(stores(), file, choices);
    });

  program
    .command('rebuild')
    .description('make the read model anew from the log')
    .action(async () => {
      const { rebuildCommand } = await import('./commands/rebuild-command.ts');
      await rebuildCommand(stores());
    });
  program
    .command('verify')
    .description('rebuild beside the live read model and compare, table by table')
    .action(async () => {
      const { verifyCommand } = await import('./commands/verify-command.ts');
      await verifyCommand(stores());
    });
  program
    .command('explain <orderId>')
    .description('say in words who gets an order, what it earns, and why')
    .action(async (orderId: string) => {
      const { explainCommand } = await import('./commands/explain-command.ts');
      await explainCommand(stores(), orderId);
    });

  program
    .command('audit <folder>')
    .description('write everything for an auditor into a new folder; or check such a folder')
    .option('--check', 'check a folder that was written before', false)
    .option('--extends <earlier>', 'with --check: the log begins with that of an earlier export')
    .action(async (target: string, choices: { check: boolean; extends?: string }) => {
      if (choices.check || choices.extends !== undefined) {
        const { checkAuditCommand } = await import('./commands/check-audit-command.ts');
        await checkAuditCommand(target, choices.extends ?? null);
      } else {
        const { auditCommand } = await import('./commands/audit-command.ts');
        await auditCommand(stores(), target);
      }
    });
  addReadModelCommands(program, stores);
  addPayoutsCommands(program, { environment, dataFolder: folder });
  addKeepingCommands(program, { environment, stores });

  const keys = program.command('keys').description('access keys of the API');
  keys
    .command('list')
    .description('all keys; their secrets are kept nowhere')
    .action(async () => {
      const { listKeysCommand } = await import('./commands/keys-command.ts');
      await listKeysCommand(stores());
    });
  keys
    .command('issue')
    .description('make a key and show its secret')
    .requiredOption('--scope <scopes...>', 'admin, finance, orders or partner')
    .requiredOption('--label <text>', 'what it is for')
    .option('--partner <partnerId>', 'whose data a partner key may read')
    .action(async (choices: { scope: string[]; label: string; partner?: string }) => {
      const { issueKeyCommand } = await import('./commands/keys-command.ts');
      await issueKeyCommand(stores(), choices);
    });
  keys
    .command('revoke <keyId>')
    .description('end a key from now on')
    .action(async (keyId: string) => {
      const { revokeKeyCommand } = await import('./commands/keys-command.ts');
      await revokeKeyCommand(stores(), keyId);
    });
  return program;
}

/** Runs the command line; resolves to the exit code. */
export async function main(): Promise<number> {
  const program = provisieCommand(process.env);
  try {
    await program.parseAsync(process.argv);
    return 0;
  } catch (error) {
    // Commander has said it already.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    const { debug } = program.opts<{ debug?: boolean }>();
    process.stderr.write(`${failureText(error, debug === true)}\n`);
    return 1;
  }
}
