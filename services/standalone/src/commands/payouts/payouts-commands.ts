import { join } from 'node:path';
import { origin, UsageError, type Environment } from '@provisie/process';
import type { Command } from 'commander';
import { readClientConfig } from '../../config.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ApproveChoices } from './approve-command.ts';
import type { CancelChoices } from './cancel-command.ts';
import type { ConfirmChoices } from './confirm-command.ts';
import type { Connection } from './connection.ts';
import type { ExportChoices } from './export-command.ts';
import type { ListChoices } from './list-command.ts';
import type { PreviewChoices } from './preview-command.ts';

/** Adds `provisie payouts …`: a month is closed by preview, approve, export, confirm. */
export function addPayoutsCommands(program: Command, { environment, config }: Surroundings): void {
  const payouts = program
    .command('payouts')
    .description('pay partners: preview, approve, export, confirm (calls a running server)')
    .option('--url <address>', 'the server (default: PROVISIE_URL, else this machine)')
    .addHelpText('after', '\nThe access key is read from PROVISIE_ACCESS_KEY.');
  const connect = () => connectionFrom(environment, payouts.opts<{ url?: string }>().url);

  aboutRun(payouts.command('preview'))
    .description('see who is due, below the threshold or blocked, and why')
    .option('--all', 'show every partner', false)
    .action(async (choices: PreviewChoices) => {
      const { previewCommand } = await import('./preview-command.ts');
      await previewCommand(await connect(), choices);
    });
  aboutRun(payouts.command('approve [runId]'))
    .description('approve what is due; with a run: approve it as the second person')
    .option('--fingerprint <text>', 'of the preview that is approved')
    .option('--yes', 'approve what is due now without asking', false)
    .action(async (runId: string | undefined, choices: ApproveChoices) => {
      const commands = await import('./approve-command.ts');
      if (runId === undefined) await commands.approveCommand(await connect(), choices);
      else await commands.approveRunCommand(await connect(), runIdAlone(runId, choices));
    });
  payouts
    .command('export <runId>')
    .description('make the payment file of a run and write it with its CSV')
    .option('--to <folder>', 'where to (default: payouts in the data folder)')
    .option('--execution-date <day>', 'when the bank is to pay (default: its next working day)')
    .option('--format <name>', 'pain.001.001.09 or pain.001.001.03', 'pain.001.001.09')
    .option('--replaces', 'the bank refused the last file as a whole: make another', false)
    .option('--documents', 'write invoices, credit notes and statements too', false)
    .option('--replace-files', 'write over files that say something else', false)
    .action(async (runId: string, choices: Omit<ExportChoices, 'to'> & { to?: string }) => {
      const { exportCommand } = await import('./export-command.ts');
      const to = choices.to ?? join(config().dataFolder, 'payouts');
      await exportCommand(await connect(), runId, { ...choices, to });
    });
  payouts
    .command('confirm [runId]')
    .description('tell what the bank paid, and what failed')
    .option('--total <amount>', 'what left the account for the run, such as 1243.88')
    .option('--paid-at <day or moment>', 'when (default: now)')
    .option('--bank-file <file>', 'what the bank reports: pain.002, camt.053, camt.054 or CSV')
    .option('--failed <payoutId>', 'a payment that the bank did not carry out')
    .option('--returned <payoutId>', 'a payment that left the account and came back')
    .option('--reason <text>', 'why it failed or came back')
    .action(async (runId: string | undefined, choices: ConfirmChoices) => {
      const { confirmCommand } = await import('./confirm-command.ts');
      await confirmCommand(await connect(), runId, choices);
    });
  payouts
    .command('cancel <runId>')
    .description('take a run back, as a whole')
    .requiredOption('--reason <text>', 'why')
    .option('--not-sent-to-bank', 'you made sure that the bank won’t pay its file', false)
    .action(async (runId: string, choices: CancelChoices) => {
      const { cancelCommand } = await import('./cancel-command.ts');
      await cancelCommand(await connect(), runId, choices);
    });
  payouts
    .command('list')
    .description('the runs, newest first')
    .option('--run <runId>', 'the payouts of this run instead')
    .option('--all', 'show every row', false)
    .action(async (choices: ListChoices) => {
      const { listCommand } = await import('./list-command.ts');
      await listCommand(await connect(), choices);
    });
}

function aboutRun(command: Command): Command {
  return command
    .option('--cut-off <day or moment>', 'commissions payable by then (default: now)')
    .option('--currency <code>', 'what is paid in', 'EUR')
    .option('--partner <partnerId...>', 'only these partners');
}

/** What was approved first is what the second person approves. */
function runIdAlone(runId: string, { fingerprint, cutOff, partner }: ApproveChoices): string {
  if (fingerprint === undefined && cutOff === undefined && partner === undefined) return runId;
  throw new UsageError(
    `Run ${runId} pays what the first person approved, so no other option goes with it.`,
  );
}

async function connectionFrom(
  environment: Environment,
  address: string | undefined,
): Promise<Connection> {
  const { url, accessKey } = readClientConfig(environment);
  if (accessKey === null) {
    throw new UsageError(
      'Set PROVISIE_ACCESS_KEY to an access key with the scope finance or admin. It is never an argument: others could read it there.',
    );
  }
  const given = address === undefined ? null : origin.safeParse(address);
  if (given?.success === false) {
    throw new UsageError(`--url ${given.error.issues[0]?.message ?? ''}; it is ${address ?? ''}`);
  }
  const { connectionTo } = await import('./connection.ts');
  return connectionTo({
    url: given?.data ?? url,
    accessKey,
    say: (line) => void process.stderr.write(`${line}\n`),
  });
}
