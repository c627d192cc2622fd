import { payoutStates, streams } from '@provisie/domain';
import { verify } from '@provisie/read-model';
import { expect } from 'vitest';
import {
  PayoutError,
  scheduleRun,
  type Confirmation,
  type ExportRequest,
  type PaymentFileRequest,
} from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { factsIn } from '../src/log.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import { command, MONTH, type Office } from './office.ts';

export const EXPORT: ExportRequest = { executionDate: null, replaces: false };

/** Approves, schedules and exports what is due. */
export async function payOut(office: Office, name = 'october') {
  const run = await approveNewRun(office.ports, command(`${name} approve`), {
    ...MONTH,
    cutOff: office.ports.now(),
  });
  await scheduleRun(office.ports, run.runId);
  return exportRun(office.ports, command(`${name} export`), run.runId, EXPORT);
}

export async function payoutsOf(office: Office, partnerId: string) {
  return payoutStates(await factsIn(office.store, streams.payouts(partnerId)));
}

export async function skippedOf(office: Office, runId: string) {
  const page = { limit: 100, cursor: null };
  return (await office.ports.readModel.skippedPayouts({ runId }, page)).rows;
}

export async function documentsOf(office: Office, partnerId: string) {
  const facts = await factsIn(office.store, streams.payouts(partnerId));
  return facts.flatMap((fact) => (fact.type === 'DocumentIssued' ? [fact.data] : []));
}

export function fileOf(
  runId: string,
  changes: Partial<PaymentFileRequest> = {},
): PaymentFileRequest {
  return { runId, attempt: null, format: 'pain.001.001.09', batchBooking: true, ...changes };
}

/** The bank paid, and said no more than that. */
export function paid(payoutId: string, changes: Partial<Confirmation> = {}): Confirmation {
  return {
    payoutId,
    partnerId: null,
    outcome: 'paid',
    amountCents: null,
    currency: null,
    at: null,
    reason: null,
    reference: null,
    attempt: null,
    where: '/payouts/0',
    ...changes,
  };
}

/** Why something was refused. */
export async function refused(doing: Promise<unknown>): Promise<PayoutError> {
  const reason: unknown = await doing.then(
    () => null,
    (error: unknown) => error,
  );
  if (reason instanceof PayoutError) return reason;
  throw new Error('it was not refused', { cause: reason });
}

/** After whatever was done, a rebuild gives the same tables and the ledger keeps its invariants. */
export async function expectSoundBooks(office: Office): Promise<void> {
  await office.caughtUp();
  const report = await verify({ store: office.store, database: office.readModel.database });
  expect(report.ledgerViolations).toEqual([]);
  expect(report.tables.filter((table) => !table.equal)).toEqual([]);
}
