import type { MerchantDetails } from '@provisie/domain';
import { z } from 'zod';
import type { Session } from '../database/session.ts';
import type { DocumentView, MerchantView, Page, PageRequest } from '../views.ts';
import { pageOf, placeOfCursor } from './cursor.ts';

/** The projector wrote these texts: their shape needs no second check. */
const documentView = z.custom<DocumentView>();
const merchantDetails = z.custom<MerchantDetails>();

const positionPlace = z.tuple([z.int()]);

/** Newest first. */
export async function listDocuments(
  { db }: Session,
  { partnerId, payoutId }: { readonly partnerId?: string; readonly payoutId?: string },
  page: PageRequest,
): Promise<Page<DocumentView>> {
  const after = placeOfCursor(page, positionPlace);
  let query = db
    .selectFrom('documents')
    .select(['position', 'view'])
    .orderBy('position', 'desc')
    .limit(page.limit + 1);
  if (partnerId !== undefined) query = query.where('partner_id', '=', partnerId);
  if (payoutId !== undefined) query = query.where('payout_id', '=', payoutId);
  if (after !== null) query = query.where('position', '<', after[0]);
  return pageOf(await query.execute(), page.limit, (row) => [row.position], documentOfRow);
}

export async function findDocument(
  { db }: Session,
  documentId: string,
): Promise<DocumentView | null> {
  const row = await db
    .selectFrom('documents')
    .select('view')
    .where('document_id', '=', documentId)
    .executeTakeFirst();
  return row === undefined ? null : documentOfRow(row);
}

function documentOfRow(row: { readonly view: string }): DocumentView {
  return documentView.parse(JSON.parse(row.view));
}

/** The details in force; null until they were given. */
export async function findMerchant({ db }: Session): Promise<MerchantView | null> {
  const row = await db.selectFrom('merchant').selectAll().executeTakeFirst();
  if (row === undefined) return null;
  return { ...merchantDetails.parse(JSON.parse(row.details)), changedAt: row.changed_at };
}
