import { z } from 'zod';
import type { Session } from '../database/session.ts';
import type { PartnerView } from '../views.ts';

const partnerView = z.custom<PartnerView>();

/**
 * By id. Looks through all partners: whoever asks looks at one partner's account, so that is seldom, and an index
 * would be written for everybody.
 */
export async function partnersWithAccount(
  { db }: Session,
  accountKey: string,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('partners')
    .select(['partner_id', 'view'])
    .where('view', 'like', `%"accountKey":"${accountKey}"%`)
    .orderBy('partner_id')
    .execute();
  // A key may hold `_`, which stands for any character there.
  return rows
    .filter(
      ({ view }) => partnerView.parse(JSON.parse(view)).payoutDetails?.accountKey === accountKey,
    )
    .map((row) => row.partner_id);
}
