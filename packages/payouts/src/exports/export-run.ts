import {
  dayOf,
  dayText,
  newFact,
  payoutStates,
  streams,
  type NewFact,
  type PayoutRunView,
  type PayoutView,
} from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import pMap from 'p-map';
import { documentEvents, openDocumentDesk } from '../documents/issue-documents.ts';
import type { DocumentDesk } from '../documents/issue-documents.ts';
import { PayoutError } from '../errors.ts';
import { decideOn, factsIn } from '../log.ts';
import type { Command, PayoutPorts } from '../ports.ts';
import { exportsOf, plannedParts, runOf } from '../runs/run-log.ts';
import { nextBankingDay } from './banking-day.ts';
import type { PlannedPayout } from '../runs/run-log.ts';

/** Streams written at the same time: they share commits. */
const AT_ONCE = 64;

export interface ExportRequest {
  /** `YYYY-MM-DD`, today at the earliest; null: the next day that banks work. */
  readonly executionDate: string | null;
  /** Makes a new file of what isn't paid, because the bank refused the last one as a whole. */
  readonly replaces: boolean;
}

/**
 * Marks what a run pays as exported, issues its documents, and fixes what the payment file will say; a run that was
 * exported before is left as it is. May be broken off anywhere and run again. Throws `PayoutError`.
 */
export async function exportRun(
  ports: PayoutPorts,
  command: Command,
  runId: string,
  request: ExportRequest,
): Promise<PayoutRunView> {
  const run = await runOf(ports.store, runId);
  if (run.status !== 'scheduled') throw notScheduled(run);
  const last = run.exports.at(-1);
  if (last !== undefined && !request.replaces) {
    refuseOtherDate(run, last.executionDate, request.executionDate);
    return run;
  }
  if (await wasExportedBy(ports, command, runId)) return run;
  const executionDate = executionDateOf(ports, request);
  const attempt = (last?.attempt ?? 0) + 1;
  const totals = await exportAll(ports, command, runId, attempt);
  if (totals.payouts === 0) {
    throw new PayoutError('nothing_due', `Nothing of run ${runId} is still to be paid.`);
  }
  await decideOn(ports.store, {
    stream: streams.payoutRun(runId),
    by: command.by,
    requestHash: command.requestHash,
    decide: (facts) => {
      const isThere = facts.some(
        (fact) => fact.type === 'PayoutRunExported' && fact.data.attempt >= attempt,
      );
      if (isThere) return [];
      const data = { runId, attempt, executionDate, ...totals };
      const occurredAt = ports.now();
      return [newFact('PayoutRunExported', { id: command.id, occurredAt, data })];
    },
  });
  return runOf(ports.store, runId);
}

function notScheduled({ runId, status }: PayoutRunView): PayoutError {
  const what = {
    awaiting_approval: 'awaits a second approval',
    scheduling: 'is still being scheduled',
    abandoned: 'was cancelled',
    scheduled: 'is scheduled',
  }[status];
  return new PayoutError('run_state', `Payout run ${runId} ${what}, so it has no payment file.`);
}

function refuseOtherDate({ runId }: PayoutRunView, known: string, asked: string | null): void {
  if (asked === null || asked === known) return;
  throw new PayoutError(
    'execution_date',
    `The payment file of run ${runId} is for ${known}. If the bank refused it, ask for a file that replaces it.`,
    [{ where: '/executionDate', message: `is ${known} in the file that was made` }],
  );
}

async function wasExportedBy(
  { store }: PayoutPorts,
  { id }: Command,
  runId: string,
): Promise<boolean> {
  const runs = await factsIn(store, streams.payoutRuns);
  return (await exportsOf(store, runs, runId)).some((fact) => fact.id === id);
}

function executionDateOf({ now }: PayoutPorts, { executionDate }: ExportRequest): string {
  const today = dayText(dayOf(now()));
  if (executionDate === null) return nextBankingDay(now());
  if (executionDate >= today) return executionDate;
  throw new PayoutError('execution_date', `The bank can’t carry out payments in the past.`, [
    { where: '/executionDate', message: `must be ${today} or later` },
  ]);
}

async function exportAll(
  ports: PayoutPorts,
  command: Command,
  runId: string,
  attempt: number,
): Promise<{ readonly payouts: number; readonly totalCents: number }> {
  const desk = openDocumentDesk(ports);
  await desk.merchant();
  let payouts = 0;
  let totalCents = 0;
  const exportOne = async (planned: PlannedPayout) => {
    const payout = await exportPayout(desk, command, planned, attempt);
    if (payout === null) return;
    payouts += 1;
    totalCents += payout.totalCents;
  };
  for await (const part of plannedParts(ports.store, runId)) {
    await pMap(part, exportOne, { concurrency: AT_ONCE });
  }
  return { payouts, totalCents };
}

/** Null for a payout that doesn't stand in this file: never scheduled, or ended before. */
async function exportPayout(
  desk: DocumentDesk,
  { by }: Command,
  { partnerId, payoutId }: PlannedPayout,
  attempt: number,
): Promise<PayoutView | null> {
  let inFile: PayoutView | null = null;
  await decideOn(desk.store, {
    stream: streams.payouts(partnerId),
    by,
    decide: async (before) => {
      const payout = payoutStates(before).find((state) => state.payoutId === payoutId);
      const isExported = payout?.status === 'exported' && payout.attempt === attempt;
      const isToExport =
        payout?.status === 'scheduled' ||
        (payout?.status === 'exported' && (payout.attempt ?? 0) < attempt);
      inFile = isExported || isToExport ? payout : null;
      if (!isToExport) return [];
      const exported: NewFact = newFact('PayoutExported', {
        id: eventIdOf('PayoutExported', payoutId, String(attempt)),
        occurredAt: Math.max(desk.now(), payout.scheduledAt),
        data: { payoutId, partnerId, attempt },
      });
      return [exported, ...(await documentEvents(desk, before, payoutId))];
    },
  });
  return inFile;
}
