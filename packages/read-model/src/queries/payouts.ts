import type { PayoutRunView, PayoutView } from '@provisie/domain';
import { z } from 'zod';
import { factsAbout } from '../batch/fact-rows.ts';
import { payoutOf, type KeptPayout } from '../batch/payout-rows.ts';
import type { Session } from '../database/session.ts';
import type {
  Page,
  PageRequest,
  PayoutFilter,
  PayoutSummary,
  SkippedFilter,
  SkippedPayout,
} from '../views.ts';
import { datedPlace, pageOf, placeOfCursor } from './cursor.ts';

/** The projector wrote these texts from views: their shape needs no second check. */
const keptPayout = z.custom<KeptPayout>();
const runView = z.custom<PayoutRunView>();

type DocumentOfPayout = PayoutView['documents'][number];

/** Newest first. */
export async function listPayouts(
  session: Session,
  filter: PayoutFilter,
  page: PageRequest,
): Promise<Page<PayoutSummary>> {
  const after = placeOfCursor(page, datedPlace);
  let query = session.db
    .selectFrom('payouts')
    .select(['payout_id', 'scheduled_at', 'view'])
    .orderBy('scheduled_at', 'desc')
    .orderBy('payout_id', 'desc')
    .limit(page.limit + 1);
  const { partnerId, runId, status } = filter;
  if (partnerId !== undefined) query = query.where('partner_id', '=', partnerId);
  if (runId !== undefined) query = query.where('run_id', '=', runId);
  if (status !== undefined) query = query.where('status', '=', status);
  if (after !== null) {
    query = query.where((where) =>
      where.eb(where.refTuple('scheduled_at', 'payout_id'), '<', where.tuple(after[0], after[1])),
    );
  }
  const rows = await query.execute();
  const documents = await documentsOf(
    session,
    rows.map((row) => row.payout_id),
  );
  return pageOf(
    rows,
    page.limit,
    (row) => [row.scheduled_at, row.payout_id],
    (row) => ({
      ...keptPayout.parse(JSON.parse(row.view)),
      documents: documents.get(row.payout_id) ?? [],
    }),
  );
}

/** With its lines, which stand in the facts. */
export async function findPayout(session: Session, payoutId: string): Promise<PayoutView | null> {
  const payout = payoutOf(await factsAbout(session, 'payout', [payoutId]));
  if (payout === null) return null;
  const documents = await documentsOf(session, [payoutId]);
  return { ...payout, documents: documents.get(payoutId) ?? [] };
}

async function documentsOf(
  { db, dialect }: Session,
  payoutIds: readonly string[],
): Promise<ReadonlyMap<string, readonly DocumentOfPayout[]>> {
  const rows = await db
    .selectFrom('documents')
    .select(['payout_id', 'document_id', 'number', 'kind'])
    .where('payout_id', dialect.is, dialect.anyOf(payoutIds))
    .orderBy('payout_id')
    .orderBy('position')
    .execute();
  const documents = new Map<string, DocumentOfPayout[]>();
  for (const { payout_id, document_id, number, kind } of rows) {
    const known = documents.get(payout_id) ?? [];
    documents.set(payout_id, [...known, { documentId: document_id, number, kind }]);
  }
  return documents;
}

const runPlace = z.tuple([z.int()]);

/** Those opened last first. */
export async function listPayoutRuns(
  { db }: Session,
  page: PageRequest,
): Promise<Page<PayoutRunView>> {
  const after = placeOfCursor(page, runPlace);
  let query = db
    .selectFrom('payout_runs')
    .select(['position', 'view'])
    .orderBy('position', 'desc')
    .limit(page.limit + 1);
  if (after !== null) query = query.where('position', '<', after[0]);
  return pageOf(await query.execute(), page.limit, (row) => [row.position], runOfRow);
}

export async function findPayoutRun({ db }: Session, runId: string): Promise<PayoutRunView | null> {
  const row = await db
    .selectFrom('payout_runs')
    .select('view')
    .where('run_id', '=', runId)
    .executeTakeFirst();
  return row === undefined ? null : runOfRow(row);
}

function runOfRow(row: { readonly view: string }): PayoutRunView {
  return runView.parse(JSON.parse(row.view));
}

/** Those skipped last first. */
export async function listSkippedPayouts(
  { db }: Session,
  { partnerId, runId }: SkippedFilter,
  page: PageRequest,
): Promise<Page<SkippedPayout>> {
  const after = placeOfCursor(page, datedPlace);
  let query = db
    .selectFrom('skipped_payouts')
    .selectAll()
    .orderBy('skipped_at', 'desc')
    .orderBy('payout_id', 'desc')
    .limit(page.limit + 1);
  if (partnerId !== undefined) query = query.where('partner_id', '=', partnerId);
  if (runId !== undefined) query = query.where('run_id', '=', runId);
  if (after !== null) {
    query = query.where((where) =>
      where.eb(where.refTuple('skipped_at', 'payout_id'), '<', where.tuple(after[0], after[1])),
    );
  }
  return pageOf(
    await query.execute(),
    page.limit,
    (row) => [row.skipped_at, row.payout_id],
    (row) => ({
      payoutId: row.payout_id,
      runId: row.run_id,
      partnerId: row.partner_id,
      currency: row.currency,
      amountCents: row.amount_cents,
      totalCents: row.total_cents,
      reason: row.reason,
      skippedAt: row.skipped_at,
    }),
  );
}
