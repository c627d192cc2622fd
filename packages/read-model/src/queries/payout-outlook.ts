import { payoutTerms, type OpenItem } from '@provisie/domain';
import { sql } from 'kysely';
import { IS_SETTLED } from '../database/indexes.ts';
import { itemOfRow } from '../batch/open-item-rows.ts';
import type { Session } from '../database/session.ts';
import type { OpenItemTable } from '../tables/index.ts';
import type { OutlookRequest, PayoutCandidate } from '../views.ts';
import { lastPayoutsOf, partnersOf } from './candidates.ts';
import { NOTHING_PAID, paidParts } from './paid-parts.ts';
import { programmeFactsOf } from './programme-facts.ts';

/**
 * What a run at this moment would work out from for one partner, as far as its sums go: all that is simply payable
 * stands in one item, and customers are counted as far as the terms ask for any.
 */
export async function payoutOutlook(
  session: Session,
  { partnerId, currency, at }: OutlookRequest,
): Promise<PayoutCandidate> {
  const whose = { partnerId, currency, at };
  const [partners, payouts, facts, payable, settled] = await Promise.all([
    partnersOf(session, [partnerId]),
    lastPayoutsOf(session, currency, [partnerId]),
    programmeFactsOf(session, [partnerId]),
    payableItem(session, whose),
    settledItems(session, whose),
  ]);
  const terms = payoutTerms(partnerId, at, facts(partnerId), currency);
  const paid = await paidParts(session, settled);
  return {
    partnerId,
    currency,
    partner: partners.get(partnerId) ?? null,
    terms,
    items: [...payable, ...settled],
    customers: await customersUpTo(session, whose, terms?.minimumCustomers ?? 0),
    lastPayoutAt: payouts.get(partnerId) ?? null,
    paid: paid.get(partnerId) ?? NOTHING_PAID,
  };
}

/** Items that have something to be paid and nothing to wait for, as one; none without any. */
async function payableItem(
  { db }: Session,
  { partnerId, currency, at }: OutlookRequest,
): Promise<readonly OpenItem[]> {
  const { cents } = await db
    .selectFrom('open_items')
    .select(({ fn }) => fn.sum<number | string | null>('open_cents').as('cents'))
    .where('partner_id', '=', partnerId)
    .where('currency', '=', currency)
    .where(isSimplyPayable(at))
    .executeTakeFirstOrThrow();
  if (cents === null) return [];
  const sum: OpenItemTable = {
    partner_id: partnerId,
    currency,
    order_id: '',
    programme_id: '',
    terms_version: 0,
    touch_id: '',
    customer: '',
    earned_cents: Number(cents),
    payable_from: at,
    paid_cents: 0,
    taken_back_cents: 0,
    forgone_cents: 0,
    forgiven_cents: 0,
    open_cents: Number(cents),
  };
  return [itemOfRow(sum)];
}

function isSimplyPayable(at: number) {
  return sql<boolean>`open_cents > 0 and payable_from is not null and payable_from <= ${at}`;
}

/** The other items that a payout or write-off names. */
async function settledItems(
  { db }: Session,
  { partnerId, currency, at }: OutlookRequest,
): Promise<readonly OpenItem[]> {
  const rows = await db
    .selectFrom('open_items')
    .selectAll()
    .where('partner_id', '=', partnerId)
    .where('currency', '=', currency)
    .where(IS_SETTLED)
    .where(sql<boolean>`(open_cents <= 0 or payable_from is null or payable_from > ${at})`)
    .orderBy('order_id')
    .execute();
  return rows.map(itemOfRow);
}

/** Those with a commission in the currency that is payable, or was paid; no more are counted than asked for. */
async function customersUpTo(
  { db }: Session,
  { partnerId, currency, at }: OutlookRequest,
  most: number,
): Promise<number> {
  if (most === 0) return 0;
  const found = await db
    .selectFrom('commissions')
    .select('customer')
    .distinct()
    .where('partner_id', '=', partnerId)
    .where('currency', '=', currency)
    .where('payable_from', '<=', at)
    .where('amount_cents', '>', 0)
    .where((where) =>
      where.or([where('settled_status', 'is', null), where('settled_status', '<>', 'rejected')]),
    )
    .limit(most)
    .execute();
  return found.length;
}
