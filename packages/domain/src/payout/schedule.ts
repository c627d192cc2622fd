import { TZDate } from '@date-fns/tz';
// One by one: the whole of date-fns takes seconds to load, and every command loads this.
import { addMonths } from 'date-fns/addMonths';
import { getDaysInMonth } from 'date-fns/getDaysInMonth';
import { setDate } from 'date-fns/setDate';
import { startOfMonth } from 'date-fns/startOfMonth';
import type { Instant } from '../instant.ts';
import type { PayoutSchedule } from '../terms.ts';

/** When a schedule's payday before (or at) a moment began, and when the one after it begins. */
export interface Paydays {
  readonly last: Instant;
  readonly next: Instant;
}

/** The paydays around `at`; null for a schedule that knows none. */
export function paydays(schedule: PayoutSchedule, at: Instant): Paydays | null {
  if (schedule.kind === 'on_demand') return null;
  const month = startOfMonth(new TZDate(at, schedule.timeZone));
  const [before, here, after] = [-1, 0, 1].map((months) =>
    payday(addMonths(month, months), schedule.dayOfMonth),
  );
  if (before === undefined || here === undefined || after === undefined) return null;
  return here <= at ? { last: here, next: after } : { last: before, next: here };
}

/** Midnight at which the payday of a month begins; the last day where the month is shorter. */
function payday(month: TZDate, dayOfMonth: number): Instant {
  return setDate(month, Math.min(dayOfMonth, getDaysInMonth(month))).getTime();
}

/** Whether a partner whose last payout was scheduled at `lastPayoutAt` may be paid at `at`. */
export function isScheduled(
  schedules: readonly PayoutSchedule[],
  lastPayoutAt: Instant | null,
  at: Instant,
): boolean {
  return schedules.some((schedule) => {
    const days = paydays(schedule, at);
    return days === null || lastPayoutAt === null || lastPayoutAt < days.last;
  });
}

/** The soonest payday after `at`; null when payouts are made on demand. */
export function nextPayday(schedules: readonly PayoutSchedule[], at: Instant): Instant | null {
  const days = schedules.map((schedule) => paydays(schedule, at)?.next ?? null);
  const soonest = days.filter((day) => day !== null);
  return soonest.length < days.length || soonest.length === 0 ? null : Math.min(...soonest);
}
