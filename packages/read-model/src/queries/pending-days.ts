import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { sql } from 'kysely';
import type { Session } from '../database/session.ts';
import type { PendingDay } from '../views.ts';
import { currenciesIn } from './currencies.ts';

/** What of a partner's commissions is in hold at a moment, by the UTC day on which that ends; soonest first. */
export async function pendingDaysOf(
  session: Session,
  partnerId: string,
  at: number,
): Promise<readonly PendingDay[]> {
  const days: PendingDay[] = [];
  for (const currency of await currenciesIn(session, 'commissions', partnerId)) {
    days.push(...(await daysOf(session, partnerId, currency, at)));
  }
  return days.sort((one, other) => placeOf(one) - placeOf(other));
}

function placeOf({ payableDay }: PendingDay): number {
  return payableDay ?? Number.POSITIVE_INFINITY;
}

/** Two spans of one index: what has a day, and what waits for its order. */
async function daysOf(
  { db }: Session,
  partnerId: string,
  currency: string,
  at: number,
): Promise<readonly PendingDay[]> {
  const spans = [sql`payable_from > ${at}`, sql`payable_from is null`].map(
    (span) => sql`
      select payable_from / ${sql.lit(MILLISECONDS_PER_DAY)} as payable_day,
        sum(amount_cents) as cents, count(*) as commissions
      from commissions
      where partner_id = ${partnerId} and currency = ${currency} and ${span}
        and settled_status is null
      group by 1`,
  );
  const { rows } = await sql<DayRow>`${sql.join(spans, sql` union all `)}`.execute(db);
  return rows.map(({ payable_day, cents, commissions }) => ({
    payableDay: payable_day,
    currency,
    amountCents: Number(cents),
    commissions: Number(commissions),
  }));
}

interface DayRow {
  readonly payable_day: number | null;
  readonly cents: number | string;
  readonly commissions: number | string;
}
