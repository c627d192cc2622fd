import { countingFact, payoutRunStates } from '@provisie/domain';
import type { FactOfType, FinanceFact, MerchantDetails } from '@provisie/domain';
import { z } from 'zod';
import type { Batch } from '../batch/batch.ts';
import type { RunFact } from '../batch/fact-rows.ts';
import { insertion, statement, type Session } from '../database/session.ts';
import type { DocumentView } from '../views.ts';

/** Applies a fact about papers and procedure around payouts: no order is decided by it, and no cent moves. */
export async function applyFinanceFact(batch: Batch, fact: FinanceFact): Promise<void> {
  const { session } = batch;
  switch (fact.type) {
    case 'DocumentIssued':
      return keepDocument(session, fact);
    case 'PayoutRunOpened':
    case 'PayoutRunApproved':
    case 'PayoutRunClosed':
    case 'PayoutRunExported':
      return keepRun(batch, fact);
    case 'PayoutSkipped':
      return keepSkipped(session, fact);
    case 'MerchantDetailsChanged':
      return keepMerchant(session, fact);
    case 'PayoutRunPlanned':
      return;
  }
}

const insertDocuments = insertion('documents', 'keep');

/** A document is what was issued first under its id. */
async function keepDocument(
  session: Session,
  { position, data }: FactOfType<'DocumentIssued'>,
): Promise<void> {
  const { documentId, number, partnerId, payoutId, kind } = data;
  const view: DocumentView = {
    documentId,
    number,
    kind,
    partnerId,
    payoutId,
    currency: data.currency,
    issueDate: data.issueDate,
    netCents: data.netCents,
    vatCents: data.vatCents,
    totalCents: data.totalCents,
  };
  await insertDocuments(session, [
    {
      document_id: documentId,
      number,
      partner_id: partnerId,
      payout_id: payoutId,
      kind,
      total_cents: data.totalCents,
      position,
      view: JSON.stringify(view),
    },
  ]);
}

const putRun = insertion('payout_runs', 'replace');

async function keepRun({ session, facts, lookups }: Batch, fact: RunFact): Promise<void> {
  facts.keepRun(fact);
  const known = await lookups.find(() => [...facts.aboutRun(fact.data.runId)]);
  const [run] = payoutRunStates(known);
  const opened = known.find(({ type }) => type === 'PayoutRunOpened');
  if (run === undefined || opened === undefined) return;
  await putRun(session, [
    {
      run_id: run.runId,
      position: opened.position,
      status: run.status,
      view: JSON.stringify(run),
    },
  ]);
}

const insertSkipped = insertion('skipped_payouts', 'keep');

async function keepSkipped(
  session: Session,
  { occurredAt, data }: FactOfType<'PayoutSkipped'>,
): Promise<void> {
  await insertSkipped(session, [
    {
      payout_id: data.payoutId,
      run_id: data.runId,
      partner_id: data.partnerId,
      currency: data.currency,
      amount_cents: data.amountCents,
      total_cents: data.totalCents,
      reason: data.reason,
      skipped_at: occurredAt,
    },
  ]);
}

const merchantAsKept = statement((db) => db.selectFrom('merchant').selectAll().compile());
const putMerchant = insertion('merchant', 'replace');
const asWritten = z.custom<MerchantDetails>();

/** The details that were changed last are in force, whenever that was heard. */
async function keepMerchant(
  session: Session,
  { occurredAt, data }: FactOfType<'MerchantDetailsChanged'>,
): Promise<void> {
  const [known] = await merchantAsKept(session);
  const changed = { occurredAt, data };
  if (known !== undefined) {
    if (known.changed_at > occurredAt) return;
    const before = { occurredAt, data: asWritten.parse(JSON.parse(known.details)) };
    if (known.changed_at === occurredAt && countingFact(before, changed) === before) return;
  }
  await putMerchant(session, [
    { name: 'merchant', changed_at: occurredAt, details: JSON.stringify(data) },
  ]);
}
