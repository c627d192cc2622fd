import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import {
  chance,
  linksOf,
  markOfWeek,
  momentOfWeek,
  partnerBehind,
  programmeOf,
  WEEK_MS,
  type TradeShape,
} from './trade-shape.ts';

export type Came = 'by_click' | 'by_coupon' | 'by_itself';
export type Fate = 'kept' | 'refunded' | 'cancelled' | 'rejected' | 'refunded_after_payout';

/** An order of a week, and what it must come to. */
export interface WeekOrder {
  /** Its place in the week. */
  readonly n: number;
  readonly orderId: string;
  readonly customer: string;
  readonly visitorId: string;
  readonly placedAt: number;
  /** How far into its week, before the week was made of waking hours. */
  readonly inWeekMs: number;
  readonly came: Came;
  /** Who brought it; means nothing for one that came by itself. */
  readonly partner: number;
  readonly link: number;
  readonly programmeId: string;
  readonly fate: Fate;
  readonly amountCents: number;
  readonly refundCents: number;
  /** Of its customer, of those that weren't cancelled. */
  readonly isFirst: boolean;
  /** What its partner earned by the time of the payout; 0 for one that isn't the customer's first. */
  readonly dueCents: number;
}

const REPEATS_EVERY = 12;

/** The same for each week but for ids and times. */
export function orderOfWeek(week: number, n: number, shape: TradeShape): WeekOrder {
  const mark = markOfWeek(week);
  const place = String(n).padStart(6, '0');
  const isRepeat = n % REPEATS_EVERY === REPEATS_EVERY - 1;
  const buyer = isRepeat ? String(n - 1).padStart(6, '0') : place;
  const partner = partnerBehind(n, shape, 1);
  const link = Math.floor(linksOf(partner) * chance(n, 2));
  const came = cameOf(n);
  const amountCents = 2000 + Math.floor(chance(n, 4) * 18_000);
  const fate = fateOf(n);
  const refundCents = fate.startsWith('refunded') ? Math.floor(amountCents / 4) : 0;
  const isFirst = !isRepeat || fateOf(n - 1) === 'cancelled';
  const isDue = came !== 'by_itself' && isFirst && fate !== 'cancelled' && fate !== 'rejected';
  const baseCents = amountCents - (fate === 'refunded' ? refundCents : 0);
  const inWeekMs = Math.floor((n * WEEK_MS) / shape.ordersPerWeek);
  return {
    n,
    orderId: `order-${mark}-${place}`,
    customer: `customer-${mark}-${buyer}`.padEnd(43, 'x'),
    visitorId: `visitor-${mark}-${place}`,
    placedAt: momentOfWeek(week, inWeekMs),
    inWeekMs,
    came,
    partner,
    link: came === 'by_coupon' ? 0 : link,
    programmeId: programmeOf(partner, came === 'by_coupon' ? 0 : link),
    fate,
    amountCents,
    refundCents,
    isFirst,
    dueCents: isDue ? Math.floor((baseCents + 5) / 10) : 0,
  };
}

function cameOf(n: number): Came {
  const at = chance(n, 3);
  if (at < 0.65) return 'by_click';
  return at < 0.88 ? 'by_coupon' : 'by_itself';
}

function fateOf(n: number): Fate {
  const at = chance(n, 5);
  if (at < 0.06) return 'refunded';
  if (at < 0.09) return 'cancelled';
  if (at < 0.11) return 'rejected';
  return at < 0.112 ? 'refunded_after_payout' : 'kept';
}

/** When the click was that brought it: on a day of the same week. */
export function clickedAt(week: number, { inWeekMs, n }: WeekOrder): number {
  const before = Math.floor(chance(n, 6) * 2 * MILLISECONDS_PER_DAY);
  return momentOfWeek(week, Math.max(0, inWeekMs - before));
}
