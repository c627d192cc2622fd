import { payoutThreshold, type EntityFact } from '@provisie/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import { factsAbout } from '../fact-rows.ts';
import type { Session } from '../session.ts';
import type { AsOf, BalanceView, Page, PageRequest } from '../views.ts';
import { pageOf, placeOfCursor } from './cursor.ts';

const balancePlace = z.tuple([z.string(), z.string()]);

/** A row for each partner and currency in which there is a balance or a programme of theirs, by partner id. */
export async function listBalances(
  session: Session,
  filter: { readonly partnerId?: string },
  at: AsOf,
  page: PageRequest,
): Promise<Page<BalanceView>> {
  const [afterPartner, afterCurrency] = placeOfCursor(page, balancePlace) ?? ['', ''];
  const rows: BalanceView[] = [];
  let from = filter.partnerId ?? afterPartner;
  for (;;) {
    const partnerIds = await partnersFrom(session, from, filter.partnerId, page.limit + 1);
    for (const partnerId of partnerIds) {
      const balances = await balancesOf(session, partnerId, at);
      rows.push(
        ...balances.filter(({ currency }) => partnerId > afterPartner || currency > afterCurrency),
      );
    }
    const last = partnerIds.at(-1);
    if (rows.length > page.limit || last === undefined || partnerIds.length <= page.limit) break;
    from = `${last}\u0000`;
  }
  return pageOf(
    rows,
    page.limit,
    (row) => [row.partnerId, row.currency],
    (row) => row,
  );
}

async function partnersFrom(
  { db }: Session,
  from: string,
  only: string | undefined,
  limit: number,
): Promise<string[]> {
  let query = db
    .selectFrom('balance_partners')
    .select('partner_id')
    .where('partner_id', '>=', from)
    .orderBy('partner_id')
    .limit(limit);
  if (only !== undefined) query = query.where('partner_id', '=', only);
  return (await query.execute()).map((row) => row.partner_id);
}

interface Holdings {
  commission_expense: number;
  partner_pending: number;
  partner_payable: number;
  payouts_in_transit: number;
  bank: number;
  write_offs: number;
}

async function balancesOf(session: Session, partnerId: string, at: AsOf): Promise<BalanceView[]> {
  const holdings = await holdingsOf(session, partnerId, at);
  const facts = await programmeFactsOf(session, partnerId, at);
  for (const currency of currenciesOf(facts)) {
    const isTheirs = payoutThreshold(partnerId, at.asOf, facts, currency) !== null;
    if (isTheirs && !holdings.has(currency)) holdings.set(currency, noHoldings());
  }
  return [...holdings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, held]) => {
      const thresholdCents = payoutThreshold(partnerId, at.asOf, facts, currency);
      return balanceView(partnerId, currency, held, thresholdCents);
    });
}

/** What a partner is owed is held as credit: negative. */
function balanceView(
  partnerId: string,
  currency: string,
  held: Holdings,
  thresholdCents: number | null,
): BalanceView {
  const payableCents = owed(held.partner_payable);
  return {
    partnerId,
    currency,
    pendingCents: owed(held.partner_pending),
    payableCents,
    scheduledCents: owed(held.payouts_in_transit),
    paidCents: owed(held.bank),
    writtenOffCents: owed(held.write_offs),
    thresholdCents,
    missingCents: thresholdCents === null ? null : Math.max(0, thresholdCents - payableCents),
    payoutDue: thresholdCents !== null && payableCents >= thresholdCents,
  };
}

function owed(heldCents: number): number {
  return heldCents === 0 ? 0 : -heldCents;
}

async function holdingsOf(
  { db }: Session,
  partnerId: string,
  at: AsOf,
): Promise<Map<string, Holdings>> {
  let query = db
    .selectFrom('journal_lines')
    .select(['currency', 'account', sql<number | string>`sum(amount_cents)`.as('amount')])
    .where('concerns_partner_id', '=', partnerId)
    .where('effective_at', '<=', at.asOf)
    .groupBy(['currency', 'account']);
  if (at.knownAt !== null) query = query.where('recorded_at', '<=', at.knownAt);
  const holdings = new Map<string, Holdings>();
  for (const { currency, account, amount } of await query.execute()) {
    const held = holdings.get(currency) ?? noHoldings();
    holdings.set(currency, held);
    if (isAccount(account, held)) held[account] = Number(amount);
  }
  return holdings;
}

function isAccount(account: string, held: Holdings): account is keyof Holdings {
  return Object.hasOwn(held, account);
}

function noHoldings(): Holdings {
  return {
    commission_expense: 0,
    partner_pending: 0,
    partner_payable: 0,
    payouts_in_transit: 0,
    bank: 0,
    write_offs: 0,
  };
}

/** The partner's links and coupons and the programmes they belong to, as far as they were known. */
async function programmeFactsOf(
  session: Session,
  partnerId: string,
  at: AsOf,
): Promise<readonly EntityFact[]> {
  const facts: EntityFact[] = [];
  for (const [kind, table] of [
    ['link', 'links'],
    ['coupon', 'coupons'],
  ] as const) {
    const owned = await session.db
      .selectFrom(table)
      .select('code')
      .where('partner_id', '=', partnerId)
      .execute();
    const codes = owned.map((row) => row.code);
    facts.push(...(await factsAbout(session, kind, codes)));
  }
  const programmes = new Set<string>();
  for (const fact of facts) {
    if (fact.type === 'LinkCreated' || fact.type === 'CouponIssued') {
      programmes.add(fact.data.programmeId);
    }
  }
  facts.push(...(await factsAbout(session, 'programme', programmes)));
  const { knownAt } = at;
  return knownAt === null ? facts : facts.filter((fact) => fact.recordedAt <= knownAt);
}

function currenciesOf(facts: readonly EntityFact[]): ReadonlySet<string> {
  const currencies = new Set<string>();
  for (const fact of facts) {
    if (fact.type === 'TermsPublished') currencies.add(fact.data.terms.currency);
  }
  return currencies;
}
