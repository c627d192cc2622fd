import { count, money, print, table } from '../output.ts';
import {
  payoutSchema,
  runSchema,
  skippedSchema,
  type Payout,
  type Run,
  type Skipped,
} from './answers.ts';
import type { Connection } from './connection.ts';
import { firstRows, pagesOf } from './pages.ts';

export interface ListChoices {
  readonly run?: string;
  readonly all: boolean;
}

const ROWS_SHOWN = 200;

/** `provisie payouts list`: the runs, or the payouts of one, also those that were skipped. */
export async function listCommand(connection: Connection, choices: ListChoices): Promise<void> {
  const most = choices.all ? Number.POSITIVE_INFINITY : ROWS_SHOWN;
  const { run } = choices;
  const more =
    run === undefined ? await listRuns(connection, most) : await listPayouts(connection, run, most);
  if (more) print('and more; --all shows them all');
}

async function listRuns(connection: Connection, most: number): Promise<boolean> {
  const pages = pagesOf(connection, '/v1/payout-runs', new URLSearchParams(), runSchema);
  const { rows, more } = await firstRows(pages, most);
  if (rows.length === 0) {
    print('There is no payout run yet; `provisie payouts preview` shows what one would pay.');
  } else {
    const header = ['run', 'opened', 'status', 'payouts', 'total', 'file for', 'approved by'];
    print(table(header, rows.map(runRow)));
  }
  return more;
}

function runRow(run: Run): readonly string[] {
  const { payouts, totalCents } = run.scheduled ?? run.planned;
  const status = run.status === 'awaiting_approval' ? 'awaits a second approval' : run.status;
  return [
    run.runId,
    run.openedAt.slice(0, 10),
    status,
    count(payouts),
    money(totalCents, run.currency),
    run.exports.at(-1)?.executionDate ?? 'none yet',
    run.approvedBy.join(' '),
  ];
}

async function listPayouts(connection: Connection, runId: string, most: number): Promise<boolean> {
  const query = new URLSearchParams({ runId });
  const payouts = await firstRows(pagesOf(connection, '/v1/payouts', query, payoutSchema), most);
  const skipped = await firstRows(
    pagesOf(connection, '/v1/skipped-payouts', query, skippedSchema),
    most,
  );
  if (payouts.rows.length === 0) print(`No payout of a run ${runId} was scheduled.`);
  const rows = [...payouts.rows.map(payoutRow), ...skipped.rows.map(skippedRow)];
  if (rows.length > 0)
    print(table(['payout', 'partner', 'status', 'total', 'documents', 'why'], rows));
  return payouts.more || skipped.more;
}

function payoutRow({
  payoutId,
  partnerId,
  status,
  totalCents,
  currency,
  documents,
  reason,
}: Payout) {
  return [
    payoutId,
    partnerId,
    status,
    money(totalCents, currency),
    documents.map(({ number }) => number).join(' '),
    reason ?? '',
  ];
}

/** As it was approved. */
function skippedRow({ payoutId, partnerId, totalCents, currency, text }: Skipped) {
  return [payoutId, partnerId, 'skipped', money(totalCents, currency), '', text];
}
