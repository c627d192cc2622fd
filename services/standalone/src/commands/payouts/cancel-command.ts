import { money, print } from '../output.ts';
import { payoutSchema, writtenRunSchema } from './answers.ts';
import { runPath } from './approve-command.ts';
import type { Connection } from './connection.ts';
import { firstRows, pagesOf } from './pages.ts';

export interface CancelChoices {
  readonly reason: string;
  readonly notSentToBank: boolean;
}

/** `provisie payouts cancel`: all of a run, or nothing. */
export async function cancelCommand(
  connection: Connection,
  runId: string,
  { reason, notSentToBank }: CancelChoices,
): Promise<void> {
  const run = await connection.post(
    `${runPath(runId)}/cancel`,
    { reason, notSentToBank },
    writtenRunSchema,
  );
  const { totalCents } = run.scheduled ?? run.planned;
  print(
    `Payout run ${run.runId} is taken back; what it was to pay (${money(totalCents, run.currency)}) is in the balances again.`,
  );
  const query = new URLSearchParams({ runId, waitFor: String(run.position) });
  const { rows } = await firstRows(pagesOf(connection, '/v1/payouts', query, payoutSchema), 200);
  const credited = rows.flatMap(({ documents }) =>
    documents.filter(({ kind }) => kind === 'credit_note').map(({ number }) => number),
  );
  if (credited.length > 0) print(`Credit notes: ${credited.join(', ')}`);
}
