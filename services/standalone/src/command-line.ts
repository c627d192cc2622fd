import { Command, CommanderError } from 'commander';
import { addAuditCommands } from './commands/audit/audit-commands.ts';
import { failureText } from './commands/failure-text.ts';
import { addImportCommands } from './commands/import/import-commands.ts';
import { addKeepingCommands } from './commands/keeping/keeping-commands.ts';
import { addKeysCommands } from './commands/keys/keys-commands.ts';
import { addPayoutsCommands } from './commands/payouts/payouts-commands.ts';
import { addReadModelCommands } from './commands/read-model/read-model-commands.ts';
import { addServingCommands } from './commands/serving/serving-commands.ts';
import type { Surroundings } from './commands/surroundings.ts';
import { addWhatIfCommands } from './commands/what-if/what-if-commands.ts';
import { readConfig, type Config } from './config.ts';

/** In the order in which `--help` shows them. */
const GROUPS = [
  addServingCommands,
  addImportCommands,
  addReadModelCommands,
  addAuditCommands,
  addWhatIfCommands,
  addPayoutsCommands,
  addKeepingCommands,
  addKeysCommands,
];

/** Commands are loaded when they are called, so that `--help` doesn't open databases' drivers. */
export function provisieCommand(environment: Surroundings['environment']): Command {
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
  for (const add of GROUPS) add(program, { environment, config });
  return program;
}

/** Runs the command line; resolves to the exit code. */
export async function main(): Promise<number> {
  const program = provisieCommand(process.env);
  process.stdout.on('error', passOverClosed);
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

/** Whoever reads the output may have enough of it, as `head` does. */
function passOverClosed(error: Error): void {
  if (!('code' in error) || error.code !== 'EPIPE') throw error;
}
