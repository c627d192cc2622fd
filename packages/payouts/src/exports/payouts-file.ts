import type { PayoutCsvRow } from '@provisie/payout-files';
import type { PayoutPorts } from '../ports.ts';
import { runOf } from '../runs/run-log.ts';
import { payeesOfRun } from './exported-payouts.ts';
import type { PayeePayout } from './exported-payouts.ts';

/** The payouts of a run as CSV, as they are now. Throws `run_unknown` before the first piece. */
export async function payoutsFile(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  runId: string,
): Promise<AsyncIterable<string>> {
  await runOf(ports.store, runId);
  const { payoutsCsv } = await import('@provisie/payout-files');
  return payoutsCsv(rowsOf(ports, runId));
}

async function* rowsOf(
  ports: Pick<PayoutPorts, 'store' | 'vault'>,
  runId: string,
): AsyncGenerator<PayoutCsvRow> {
  for await (const found of payeesOfRun(ports, runId)) yield rowOf(found);
}

function rowOf({ payout, details }: PayeePayout): PayoutCsvRow {
  const { payoutId, runId, partnerId, status, currency, scheduledAt, exportedAt, paidAt } = payout;
  return {
    payoutId,
    runId,
    partnerId,
    status,
    currency,
    scheduledAt,
    exportedAt,
    paidAt,
    netCents: payout.amountCents,
    vatCents: payout.totalCents - payout.amountCents,
    totalCents: payout.totalCents,
    lines: payout.lines.length,
    accountHolder: details?.accountHolder ?? null,
    iban: details?.iban ?? null,
    bic: details?.bic ?? null,
    documentNumbers: payout.documents.map(({ number }) => number),
    failureReason: payout.reason,
  };
}
