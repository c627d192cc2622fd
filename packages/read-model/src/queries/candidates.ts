import { openCents, openInTheEnd, payoutTerms, type OpenItem } from '@provisie/domain';
import { z } from 'zod';
import { itemOfRow } from '../batch/open-item-rows.ts';
import type { Session } from '../database/session.ts';
import type {
  CandidateRequest,
  Page,
  PageRequest,
  PartnerView,
  PayoutCandidate,
} from '../views.ts';
import { idPlace, pageOf, placeOfCursor } from './cursor.ts';
import { NOTHING_PAID, paidParts } from './paid-parts.ts';
import { programmeFactsOf } from './programme-facts.ts';

/** A page ends early where its partners have more: somebody may have hundreds of thousands of them. */
const MOST_ITEMS = 20_000;

/** What a run works out from, by partner id: a fixed number of statements for each page. */
export async function listCandidates(
  session: Session,
  request: CandidateRequest,
  page: PageRequest,
  mostItems = MOST_ITEMS,
): Promise<Page<PayoutCandidate>> {
  const [after] = placeOfCursor(page, idPlace) ?? [''];
  const counted = await partnersFrom(session, request, after, page.limit + 1);
  const shown = pageSize(counted, page.limit, mostItems);
  const candidates = await candidatesOf(session, request, counted.slice(0, shown));
  return pageOf(
    counted,
    shown,
    ({ partner_id }) => [partner_id],
    ({ partner_id }) => candidates(partner_id),
  );
}

interface Counted {
  readonly partner_id: string;
  readonly items: number;
}

/** Partners after `after` with the number of their items; those asked for are among them without any too. */
async function partnersFrom(
  { db, dialect }: Session,
  { currency, partnerIds }: CandidateRequest,
  after: string,
  limit: number,
): Promise<readonly Counted[]> {
  const asked = partnerIds === null ? null : pageOfIds(partnerIds, after, limit);
  let query = db
    .selectFrom('open_items')
    .select(['partner_id', ({ fn }) => fn.countAll<number | string>().as('items')])
    .where('currency', '=', currency)
    .where('partner_id', '>', after)
    .groupBy('partner_id')
    .orderBy('partner_id')
    .limit(limit);
  if (asked !== null) {
    query = query.where('partner_id', dialect.is, dialect.anyOf(asked));
  }
  const counts = new Map(
    (await query.execute()).map(({ partner_id, items }) => [partner_id, Number(items)]),
  );
  return (asked ?? [...counts.keys()]).map((partnerId) => ({
    partner_id: partnerId,
    items: counts.get(partnerId) ?? 0,
  }));
}

/** By code unit, each once. */
function pageOfIds(ids: readonly string[], after: string, limit: number): readonly string[] {
  return [...new Set(ids)]
    .filter((id) => id > after)
    .sort()
    .slice(0, limit);
}

/** How many of the partners make up a page: at least one. */
function pageSize(counted: readonly Counted[], limit: number, mostItems: number): number {
  let items = 0;
  for (const [index, partner] of counted.slice(0, limit).entries()) {
    items += partner.items;
    if (items > mostItems) return Math.max(1, index);
  }
  return limit;
}

async function candidatesOf(
  session: Session,
  request: CandidateRequest,
  counted: readonly Counted[],
): Promise<(partnerId: string) => PayoutCandidate> {
  const { currency, at, cutOff } = request;
  const partnerIds = counted.map(({ partner_id }) => partner_id);
  const [partners, items, customers, payouts, facts] = await Promise.all([
    partnersOf(session, partnerIds),
    itemsOf(session, currency, partnerIds),
    customersOf(session, currency, cutOff, partnerIds),
    lastPayoutsOf(session, currency, partnerIds),
    programmeFactsOf(session, partnerIds),
  ]);
  const takenBack = [...items.values()]
    .flat()
    .filter((item) => openInTheEnd(item) < 0 || openCents(item, { at, cutOff }) < 0);
  const paid = await paidParts(session, takenBack);
  return (partnerId) => ({
    partnerId,
    currency,
    partner: partners.get(partnerId) ?? null,
    terms: payoutTerms(partnerId, at, facts(partnerId), currency),
    items: items.get(partnerId) ?? [],
    customers: customers.get(partnerId) ?? 0,
    lastPayoutAt: payouts.get(partnerId) ?? null,
    paid: paid.get(partnerId) ?? NOTHING_PAID,
  });
}

const partnerView = z.custom<PartnerView>();

export async function partnersOf(
  { db, dialect }: Session,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, PartnerView>> {
  const rows = await db
    .selectFrom('partners')
    .select(['partner_id', 'view'])
    .where('partner_id', dialect.is, dialect.anyOf(partnerIds))
    .execute();
  return new Map(
    rows.map(({ partner_id, view }) => [partner_id, partnerView.parse(JSON.parse(view))]),
  );
}

async function itemsOf(
  { db, dialect }: Session,
  currency: string,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenItem[]>> {
  const rows = await db
    .selectFrom('open_items')
    .selectAll()
    .where('partner_id', dialect.is, dialect.anyOf(partnerIds))
    .where('currency', '=', currency)
    .orderBy('partner_id')
    .orderBy('order_id')
    .execute();
  return Map.groupBy(rows.map(itemOfRow), (item) => item.partnerId);
}

/** Customers with a commission in the currency that is payable by the cut-off, or was paid. */
async function customersOf(
  { db, dialect }: Session,
  currency: string,
  cutOff: number,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('commissions')
    .select([
      'partner_id',
      ({ fn }) => fn.count<number | string>('customer').distinct().as('customers'),
    ])
    .where('partner_id', dialect.is, dialect.anyOf(partnerIds))
    .where('currency', '=', currency)
    .where('payable_from', '<=', cutOff)
    .where('amount_cents', '>', 0)
    .where((where) =>
      where.or([where('settled_status', 'is', null), where('settled_status', '<>', 'rejected')]),
    )
    .groupBy('partner_id')
    .execute();
  return new Map(rows.map(({ partner_id, customers }) => [partner_id, Number(customers)]));
}

export async function lastPayoutsOf(
  { db, dialect }: Session,
  currency: string,
  partnerIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .selectFrom('payouts')
    .select(['partner_id', ({ fn }) => fn.max('scheduled_at').as('last')])
    .where('partner_id', dialect.is, dialect.anyOf(partnerIds))
    .where('currency', '=', currency)
    .where('status', 'in', ['scheduled', 'exported', 'paid'])
    .groupBy('partner_id')
    .execute();
  return new Map(rows.map(({ partner_id, last }) => [partner_id, last]));
}
