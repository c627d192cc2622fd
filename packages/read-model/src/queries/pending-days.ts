import { dayOf } from '@provisie/domain';
import { sql } from 'kysely';
import type { Session } from '../database/session.ts';
import type { PendingDay } from '../views.ts';
import { currenciesIn } from './currencies.ts';

/** What of a partner's commissions is in hold at a moment, by the day on which that ends; soonest first. */
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

/** Two spans of one index: what has a moment, added up by the hour as days are whole hours, and what waits for its order. */
async function daysOf(
  { db }: Session,
  partnerId: string,
  currency: string,
  at: number,
): Promise<readonly PendingDay[]> {
  const spans = [sql`payable_from > ${at}`, sql`payable_from is null`].map(
    (span) => sql`
      select payable_from / ${sql.lit(MILLISECONDS_PER_HOUR)} as payable_hour,
        sum(amount_cents) as cents, count(*) as commissions
      from commissions
      where partner_id = ${partnerId} and currency = ${currency} and ${span}
        and settled_status is null
      group by 1`,
  );
  const { rows } = await sql<HourRow>`${sql.join(spans, sql` union all `)}`.execute(db);
  const byDay = Map.groupBy(rows, ({ payable_hour: hour }) =>
    hour === null ? null : dayOf(hour * MILLISECONDS_PER_HOUR),
  );
  return [...byDay].map(([payableDay, hours]) => ({
    payableDay,
    currency,
    amountCents: hours.reduce((sum, { cents }) => sum + Number(cents), 0),
    commissions: hours.reduce((sum, { commissions }) => sum + Number(commissions), 0),
  }));
}

const MILLISECONDS_PER_HOUR = 3_600_000;

interface HourRow {
  readonly payable_hour: number | null;
  readonly cents: number | string;
  readonly commissions: number | string;
}
