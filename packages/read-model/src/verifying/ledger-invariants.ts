import { sql } from 'kysely';
import { documentViolations } from './document-invariants.ts';
import { payoutViolations } from './payout-invariants.ts';
import type { Session } from '../database/session.ts';
import { settledApart, type PartnerAmount } from './settled-apart.ts';
import { settledWhilePending } from './settled-while-pending.ts';

/** As many as a person wants to read. */
const MOST_VIOLATIONS = 100;

/** What is wrong with the ledger, in words; empty when every invariant holds. */
export async function ledgerViolations(session: Session): Promise<readonly string[]> {
  const apart = await settledApart(session);
  const found = [
    ...(await unbalancedEntries(session)),
    ...(await unbalancedCurrencies(session)),
    ...(await ordersOwedOtherwise(session)),
    ...(await ordersNotInTheJournal(session)),
    ...(await partnersOwedOtherwise(session, apart)),
    ...(await accountsOnTheWrongSide(session, apart)),
    ...(await payoutViolations(session, MOST_VIOLATIONS)),
    ...(await documentViolations(session, MOST_VIOLATIONS)),
  ];
  return found.slice(0, MOST_VIOLATIONS);
}

async function unbalancedEntries({ db }: Session): Promise<string[]> {
  const { rows } = await sql<{ entry: string; cents: number | string }>`
    select entry, sum(amount_cents) as cents from journal_lines
    group by entry, effective_at having sum(amount_cents) <> 0
    order by entry limit ${MOST_VIOLATIONS}`.execute(db);
  return rows.map((row) => `Entry ${row.entry} is off balance by ${row.cents} cents.`);
}

/** The trial balance, at the end of time. */
async function unbalancedCurrencies({ db }: Session): Promise<string[]> {
  const { rows } = await sql<{ currency: string; cents: number | string }>`
    select currency, sum(amount_cents) as cents from journal_lines
    group by currency having sum(amount_cents) <> 0 order by currency`.execute(db);
  return rows.map((row) => `The trial balance in ${row.currency} is off by ${row.cents} cents.`);
}

/** What the entries of an order end up owing a partner is the order's commission, unless it is rejected. */
async function ordersOwedOtherwise({ db }: Session): Promise<string[]> {
  const { rows } = await sql<{
    order_id: string;
    partner_id: string;
    owed: number | string;
    earned: number | string;
  }>`
    select owing.order_id, owing.partner_id, owing.owed, coalesce(c.amount_cents, 0) as earned
    from (
      select e.order_id, l.partner_id, -sum(l.amount_cents) as owed
      from journal_entries e join journal_lines l on l.entry = e.entry
      where e.order_id is not null and l.partner_id is not null
      group by e.order_id, l.partner_id
    ) owing
    left join commissions c on c.order_id = owing.order_id and c.partner_id = owing.partner_id
      and coalesce(c.settled_status, '') <> 'rejected'
    where owing.owed <> coalesce(c.amount_cents, 0)
    order by owing.order_id limit ${MOST_VIOLATIONS}`.execute(db);
  return rows.map(
    (row) =>
      `Order ${row.order_id}: the journal owes ${row.partner_id} ${row.owed} cents, the commission is ${row.earned}.`,
  );
}

async function ordersNotInTheJournal({ db }: Session): Promise<string[]> {
  const { rows } = await sql<{ order_id: string; amount_cents: number | string }>`
    select c.order_id, c.amount_cents from commissions c
    where c.amount_cents <> 0 and coalesce(c.settled_status, '') <> 'rejected'
      and not exists (select 1 from journal_entries e where e.order_id = c.order_id)
    order by c.order_id limit ${MOST_VIOLATIONS}`.execute(db);
  return rows.map(
    (row) =>
      `Order ${row.order_id} earned ${row.amount_cents} cents that the journal doesn't know.`,
  );
}

/**
 * Pending, payable and to be taken back, at the end of time, is what stands open, less what was settled of orders about
 * which nothing can stand open (`settledApart`), and more of what was settled while it is pending (`settledWhilePending`).
 */
async function partnersOwedOtherwise(
  session: Session,
  apart: readonly PartnerAmount[],
): Promise<string[]> {
  const { db } = session;
  const exempt = new Map<string, number>();
  const leaveOut = ({ partnerId, currency }: PartnerAmount, cents: number) => {
    const key = `${partnerId} ${currency}`;
    exempt.set(key, (exempt.get(key) ?? 0) + cents);
  };
  for (const settled of apart) leaveOut(settled, settled.amountCents);
  for (const pending of await settledWhilePending(session)) {
    leaveOut(pending, 0 - pending.amountCents);
  }
  const { rows } = await sql<{
    partner_id: string;
    currency: string;
    owed: number | string;
    open: number | string;
  }>`
    select partner_id, currency, sum(owed) as owed, sum(open) as open from (
      select partner_id, currency, -amount_cents as owed, 0 as open
      from journal_lines where partner_id is not null and account <> 'write_offs'
      union all
      select partner_id, currency, 0, open_cents from open_items
    ) both_sides
    group by partner_id, currency having sum(owed) <> sum(open)
    order by partner_id, currency limit ${MOST_VIOLATIONS + exempt.size}`.execute(db);
  const violations: string[] = [];
  for (const { partner_id, currency, owed, open } of rows) {
    const key = `${partner_id} ${currency}`;
    const openCents = Number(open) - (exempt.get(key) ?? 0);
    exempt.delete(key);
    if (Number(owed) !== openCents) violations.push(owedText(key, Number(owed), openCents));
  }
  for (const [key, cents] of exempt) {
    if (cents !== 0) violations.push(`${key}: the journal doesn't show ${cents} cents settled.`);
  }
  return violations;
}

function owedText(key: string, owedCents: number, openCents: number): string {
  return `${key}: the journal ends up owing ${owedCents} cents, the open items come to ${openCents}.`;
}

/**
 * What is owed to a partner is never negative, nor is what they are to give back. Leaves out partners of whom a payout or write-off names an order that was never placed.
 */
async function accountsOnTheWrongSide(
  { db }: Session,
  apart: readonly PartnerAmount[],
): Promise<string[]> {
  const exempt = new Set(apart.map(({ partnerId, currency }) => `${partnerId} ${currency}`));
  const { rows } = await sql<{
    partner_id: string;
    currency: string;
    account: string;
    cents: number | string;
  }>`
    select partner_id, currency, account, sum(amount_cents) as cents
    from journal_lines where partner_id is not null and account <> 'write_offs'
    group by partner_id, currency, account
    having sum(case when account = 'clawback_receivable' then -amount_cents else amount_cents end) > 0
    order by partner_id, currency, account limit ${MOST_VIOLATIONS + 2 * exempt.size}`.execute(db);
  return rows
    .filter((row) => !exempt.has(`${row.partner_id} ${row.currency}`))
    .map(
      (row) =>
        `${row.partner_id} ${row.currency}: ${row.account} ends up on the wrong side, at ${row.cents} cents.`,
    );
}
