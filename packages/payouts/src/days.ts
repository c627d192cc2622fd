import { TZDate } from '@date-fns/tz';
// One by one, as the whole of date-fns takes seconds to load.
import { addDays } from 'date-fns/addDays';
import { format } from 'date-fns/format';
import { isWeekend } from 'date-fns/isWeekend';
import type { Instant } from '@provisie/domain';

/** Dates on papers are those of the merchant, who is Dutch. */
const TIME_ZONE = 'Europe/Amsterdam';

/** The calendar day, `YYYY-MM-DD`, that it is then in the Netherlands. */
export function dayOf(at: Instant): string {
  return format(new TZDate(at, TIME_ZONE), 'yyyy-MM-dd');
}

/** The first moment of a calendar day in the Netherlands. */
export function startOfDay(day: string): Instant {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new TZDate(year, month - 1, date, TIME_ZONE).getTime();
}

/** The last millisecond of a calendar day in the Netherlands. */
export function endOfDay(day: string): Instant {
  return addDays(new TZDate(startOfDay(day), TIME_ZONE), 1).getTime() - 1;
}

/** The next day after `at` on which banks may carry out payments: no weekend. */
export function nextBankingDay(at: Instant): string {
  let day = addDays(new TZDate(at, TIME_ZONE), 1);
  while (isWeekend(day)) day = addDays(day, 1);
  return format(day, 'yyyy-MM-dd');
}
