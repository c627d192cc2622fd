import { sql } from 'kysely';
import type { Session } from './session.ts';

/** As many as a person wants to read. */
const MOST_VIOLATIONS = 100;

/** What is wrong with the ledger, in words; empty when every invariant holds. */
export async function ledgerViolations(session: Session): Promise<readonly string[]> {
  const found = [
    ...(await unbalancedEntries(session)),
    ...(await ordersOwedOtherwise(session)),
    ...(await ordersNotInTheJournal(session)),
  ];
  return found.slice(0, MOST_VIOLATIONS);
}

async function unbalancedEntries({ db }: Session): Promise<string[]> {
  const { rows } = await sql<{ entry_id: string; cents: number | string }>`
    select entry_id, sum(amount_cents) as cents from journal_lines
    group by entry_id, effective_at having sum(amount_cents) <> 0
    order by entry_id limit ${MOST_VIOLATIONS}`.execute(db);
  return rows.map((row) => `Entry ${row.entry_id} is off balance by ${row.cents} cents.`);
}

/** What the journal ends up owing a partner for an order is the order's commission, unless it is rejected. */
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
      from journal_entries e join journal_lines l on l.entry_id = e.entry_id
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
