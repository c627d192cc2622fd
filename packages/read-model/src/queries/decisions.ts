import type { Decision } from '@provisie/domain';
import type { Session } from '../database/session.ts';
import { decisionOfText } from '../batch/stored-decision.ts';
import type { Page, PageRequest } from '../views.ts';
import { idPlace, pageOf, placeOfCursor } from './cursor.ts';

/** The decision of every order, by order id. */
export async function listDecisions({ db }: Session, page: PageRequest): Promise<Page<Decision>> {
  const after = placeOfCursor(page, idPlace);
  let query = db
    .selectFrom('decisions')
    .select(['order_id', 'decision'])
    .orderBy('order_id')
    .limit(page.limit + 1);
  if (after !== null) query = query.where('order_id', '>', after[0]);
  return pageOf(
    await query.execute(),
    page.limit,
    (row) => [row.order_id],
    (row) => decisionOfText(row.decision),
  );
}
