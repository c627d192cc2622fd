import { readFile } from 'node:fs/promises';
import { UsageError } from '@provisie/process';
import { count, print } from '../output.ts';
import { bankFileSchema, confirmedSchema, payoutSchema, type Confirmed } from './answers.ts';
import { runPath } from './approve-command.ts';
import type { Connection } from './connection.ts';
import { typedAmount, typedMoment } from '../typed.ts';

export interface ConfirmChoices {
  readonly total?: string;
  readonly paidAt?: string;
  readonly bankFile?: string;
  /** A payout that the bank didn't carry out. */
  readonly failed?: string;
  /** One that left the account and came back. */
  readonly returned?: string;
  readonly reason?: string;
}

const WAYS = [
  '  provisie payouts confirm <runId> --total 1243.88    the bank paid all of it',
  '  provisie payouts confirm --bank-file <file>         what the bank’s file says',
  '  provisie payouts confirm --failed <payoutId> --reason <text>      it wasn’t carried out',
  '  provisie payouts confirm --returned <payoutId> --reason <text>    it left and came back',
].join('\n');

/** `provisie payouts confirm`: tells what the bank did. */
export async function confirmCommand(
  connection: Connection,
  runId: string | undefined,
  choices: ConfirmChoices,
): Promise<void> {
  const { total, bankFile, failed, returned } = choices;
  const named = [runId, bankFile, failed, returned].filter((name) => name !== undefined);
  if (named.length !== 1) throw new UsageError(`One of these at a time:\n${WAYS}`);
  if (runId !== undefined) {
    if (total === undefined) {
      throw new UsageError('Give --total: what left the account, such as 1243.88.');
    }
    await confirmRun(connection, runId, total, choices.paidAt);
  } else if (bankFile !== undefined) {
    await confirmByFile(connection, bankFile);
  } else if (failed !== undefined) {
    await confirmUnpaid(connection, failed, 'failed', choices);
  } else if (returned !== undefined) {
    await confirmUnpaid(connection, returned, 'returned', choices);
  }
}

async function confirmRun(
  connection: Connection,
  runId: string,
  total: string,
  paidAt: string | undefined,
): Promise<void> {
  const body = {
    totalCents: typedAmount('--total', total),
    ...(paidAt === undefined ? {} : { paidAt: await typedMoment('--paid-at', paidAt, 'first') }),
  };
  print(confirmedText(await connection.post(`${runPath(runId)}/confirm`, body, confirmedSchema)));
}

async function confirmUnpaid(
  connection: Connection,
  payoutId: string,
  outcome: 'failed' | 'returned',
  { reason, paidAt: at }: ConfirmChoices,
): Promise<void> {
  if (reason === undefined)
    throw new UsageError(
      `Give the --reason why it ${outcome === 'failed' ? 'failed' : 'came back'}.`,
    );
  const path = `/v1/payouts/${encodeURIComponent(payoutId)}`;
  const { totalCents, currency } = await connection.get(path, payoutSchema);
  const told = {
    payoutId,
    outcome,
    amountCents: totalCents,
    currency,
    reason,
    ...(at === undefined ? {} : { at: await typedMoment('--paid-at', at, 'first') }),
  };
  const body = { payouts: [told] };
  print(confirmedText(await connection.post('/v1/payout-confirmations', body, confirmedSchema)));
}

/** An account has more bookings than anybody reads here. */
const LEFT_OUT_SHOWN = 50;

async function confirmByFile(connection: Connection, file: string): Promise<void> {
  const bytes = await bytesOf(file);
  const isXml = /^\s*</.test(new TextDecoder().decode(bytes.subarray(0, 256)));
  const type = isXml ? 'application/xml' : 'text/csv';
  const answer = await connection.postFile('/v1/bank-files', { type, bytes }, bankFileSchema);
  print(`${file} (${answer.format}): ${confirmedText(answer)}`);
  for (const { where, why } of answer.ignored.slice(0, LEFT_OUT_SHOWN)) {
    print(`  left out, ${where}: ${why}`);
  }
  const rest = answer.ignored.length - LEFT_OUT_SHOWN;
  if (rest > 0) print(`  and ${count(rest)} more`);
}

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isMissing) throw new UsageError(`There is no file ${file}.`);
    throw error;
  }
}

function confirmedText({ paid, failed, unchanged }: Confirmed): string {
  if (paid + failed + unchanged === 0)
    return 'Nothing of it is about a payout that waits for the bank.';
  return `${count(paid)} paid, ${count(failed)} failed, ${count(unchanged)} known before.`;
}
