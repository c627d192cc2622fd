import type { Session } from '../session.ts';

/** The currencies in which a table holds something of the partner, by name: a step through its index for each. */
export async function currenciesIn(
  { db }: Session,
  table: 'commissions' | 'journal_days',
  partnerId: string,
): Promise<string[]> {
  const currencies: string[] = [];
  for (let after = ''; ;) {
    const next = await db
      .selectFrom(table)
      .select('currency')
      .where('partner_id', '=', partnerId)
      .where('currency', '>', after)
      .orderBy('currency')
      .limit(1)
      .executeTakeFirst();
    if (next === undefined) return currencies;
    currencies.push(next.currency);
    after = next.currency;
  }
}
