import { dayNamed } from '@provisie/domain';
import { NOTHING_CLOSED } from '../counting/close-days.ts';
import type { Session } from '../database/session.ts';
import type { PerformanceFilter, PerformanceRow } from '../views.ts';
import { openOrders, openRepeats, openTouches } from './performance-of-open-days.ts';
import { mergePerformance } from './performance-rows.ts';
import { orderSums, repeatSums, touchSums, type Asked, type Period } from './performance-sums.ts';

/**
 * Clicks, visitors, visits, orders and amounts, grouped. A group with orders in several currencies has a row
 * for each; its touches, which have no currency, then stand in every one of them.
 */
export async function performance(
  session: Session,
  filter: PerformanceFilter,
): Promise<readonly PerformanceRow[]> {
  const asked: Asked = { filter, groups: [...new Set(filter.groupBy)] };
  const [closed, open] = cutAt(await firstOpenDay(session), filter);
  const [touches, orders] = await Promise.all([
    Promise.all([
      ...closed.flatMap((days) => [
        touchSums(session, asked, days),
        repeatSums(session, asked, days),
      ]),
      ...open.flatMap((days) => [
        openTouches(session, asked, days),
        openRepeats(session, asked, days),
      ]),
    ]),
    Promise.all([
      ...closed.map((days) => orderSums(session, asked, days)),
      ...open.map((days) => openOrders(session, asked, days)),
    ]),
  ]);
  return mergePerformance(touches.flat(), orders.flat());
}

async function firstOpenDay({ db }: Session): Promise<number> {
  const checkpoint = await db.selectFrom('checkpoint').select('closed_day').executeTakeFirst();
  return checkpoint?.closed_day ?? NOTHING_CLOSED;
}

/** The days asked for, as far as they are closed and as far as they aren't: one period of each, or none. */
function cutAt(
  open: number,
  { fromDay, toDay }: PerformanceFilter,
): readonly [closed: readonly Period[], open: readonly Period[]] {
  const [first, last] = [dayNamed(fromDay), dayNamed(toDay)];
  const parts = [
    { first, last: Math.min(last, open - 1), limit: open },
    { first: Math.max(first, open), last, limit: last + 1 },
  ].map((period) => (period.first <= period.last ? [period] : []));
  return [parts[0] ?? [], parts[1] ?? []];
}
