import { sql } from 'kysely';
import type { Session } from '../database/session.ts';

/** The currencies in which a table holds something of the partner, by name: a step through its index for each. */
export async function currenciesIn(
  { db }: Session,
  table: 'commissions' | 'journal_days',
  partnerId: string,
): Promise<string[]> {
  const theirs = sql`from ${sql.table(table)} where partner_id = ${partnerId}`;
  const { rows } = await sql<{ currency: string }>`
    with recursive step (currency) as (
      select min(currency) ${theirs}
      union all
      select (select min(currency) ${theirs} and currency > step.currency)
      from step where step.currency is not null
    )
    select currency from step where currency is not null`.execute(db);
  return rows.map(({ currency }) => currency);
}
