import { payoutTerms, type EntityFact } from '@provisie/domain';
import { z } from 'zod';
import type { Session } from '../database/session.ts';
import type { AsOf, BalanceView, Page, PageRequest } from '../views.ts';
import { accountSums, throughInstant } from './account-sums.ts';
import { currenciesIn } from './currencies.ts';
import { pageOf, placeOfCursor } from './cursor.ts';
import { programmeFactsOf } from './programme-facts.ts';

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
    const facts = await programmeFactsOf(session, partnerIds);
    for (const partnerId of partnerIds) {
      const balances = await balancesOf(session, partnerId, known(facts(partnerId), at), at);
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

/** As the accounts hold it: debits are positive, credits negative. */
type Holdings = Readonly<Record<HeldAccount, number>>;

type HeldAccount = (typeof ACCOUNTS)[number];
const ACCOUNTS = [
  'partner_pending',
  'partner_payable',
  'clawback_receivable',
  'payouts_in_transit',
  'bank',
  'write_offs',
  'vat_deductible',
  'vat_due',
] as const;

const NO_HOLDINGS: Holdings = {
  partner_pending: 0,
  partner_payable: 0,
  clawback_receivable: 0,
  payouts_in_transit: 0,
  bank: 0,
  write_offs: 0,
  vat_deductible: 0,
  vat_due: 0,
};

function known(facts: readonly EntityFact[], { knownAt }: AsOf): readonly EntityFact[] {
  return knownAt === null ? facts : facts.filter((fact) => fact.recordedAt <= knownAt);
}

/** `facts`: the partner's links and coupons and the programmes they belong to. */
async function balancesOf(
  session: Session,
  partnerId: string,
  facts: readonly EntityFact[],
  at: AsOf,
): Promise<BalanceView[]> {
  const holdings = await holdingsOf(session, partnerId, at);
  const thresholdIn = (currency: string) =>
    payoutTerms(partnerId, at.asOf, facts, currency)?.thresholdCents ?? null;
  for (const currency of currenciesOf(facts)) {
    if (holdings.has(currency) || thresholdIn(currency) === null) continue;
    holdings.set(currency, NO_HOLDINGS);
  }
  return [...holdings]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, held]) => balanceView(partnerId, currency, held, thresholdIn(currency)));
}

/** What a partner is owed is held as credit: negative. */
function balanceView(
  partnerId: string,
  currency: string,
  held: Holdings,
  thresholdCents: number | null,
): BalanceView {
  const payableCents = owed(held.partner_payable + held.clawback_receivable);
  const payoutDue = thresholdCents !== null && payableCents > 0 && payableCents >= thresholdCents;
  return {
    partnerId,
    currency,
    pendingCents: owed(held.partner_pending),
    payableCents,
    clawbackCents: held.clawback_receivable,
    scheduledCents: owed(held.payouts_in_transit),
    paidCents: owed(held.bank),
    vatCents: held.vat_deductible + held.vat_due,
    writtenOffCents: owed(held.write_offs),
    thresholdCents,
    missingCents:
      thresholdCents === null ? null : missing(payoutDue, thresholdCents - payableCents),
    payoutDue,
  };
}

/** Nobody is paid nothing: without any threshold a cent is missing, as `assessPayout` has it. */
function missing(payoutDue: boolean, toThresholdCents: number): number {
  return payoutDue ? 0 : Math.max(1, toThresholdCents);
}

function owed(heldCents: number): number {
  return heldCents === 0 ? 0 : -heldCents;
}

async function holdingsOf(
  session: Session,
  partnerId: string,
  { asOf, knownAt }: AsOf,
): Promise<Map<string, Holdings>> {
  const holdings = new Map<string, Holdings>();
  for (const currency of await currenciesIn(session, 'journal_days', partnerId)) {
    const account = { partnerId, currency, upTo: null };
    const sums = await accountSums(session, account, throughInstant(asOf), knownAt);
    if (sums.size === 0) continue;
    const held = { ...NO_HOLDINGS };
    for (const name of ACCOUNTS) held[name] = sums.get(name) ?? 0;
    holdings.set(currency, held);
  }
  return holdings;
}

function currenciesOf(facts: readonly EntityFact[]): ReadonlySet<string> {
  const currencies = new Set<string>();
  for (const fact of facts) {
    if (fact.type === 'TermsPublished') currencies.add(fact.data.terms.currency);
  }
  return currencies;
}
