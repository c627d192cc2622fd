import { dayOf, dayText, type Instant } from '@provisie/domain';

const DAYS_PER_WEEK = 7;
/** 1970-01-01 was one. */
const THURSDAY = 4;
const SATURDAY = 6;
const SUNDAY = 0;

/** The next day after `at` on which banks may carry out payments, `YYYY-MM-DD`: no weekend. */
export function nextBankingDay(at: Instant): string {
  let day = dayOf(at) + 1;
  while ([SATURDAY, SUNDAY].includes((day + THURSDAY) % DAYS_PER_WEEK)) day += 1;
  return dayText(day);
}
