import type { Breathe } from '../database/breathe.ts';
import { MILLISECONDS_PER_DAY, type Instant } from '@provisie/domain';
import { insertion, type Session } from '../database/session.ts';
import type { JournalDayTable, JournalLineTable, JournalOfPartnerTable } from '../tables/index.ts';

const addDays = insertion('journal_days', 'add');
const insertEntries = insertion('journal_of_partner', 'keep');

/**
 * Adds new lines to the days of the partners whom they concern, and notes whose entries they are of. So a balance at
 * any two moments is a sum of days and of the lines of the last one; days stay, also those that come to zero.
 */
export async function keepJournalDays(
  session: Session,
  lines: readonly JournalLineTable[],
  breathe: Breathe,
): Promise<void> {
  const days = new Map<string, JournalDayTable>();
  const entries = new Map<string, JournalOfPartnerTable>();
  for (const line of lines) {
    const { concerns_partner_id: partnerId, entry } = line;
    if (partnerId === null) continue;
    addTo(days, partnerId, line);
    entries.set(`${entry} ${partnerId}`, { partner_id: partnerId, entry });
  }
  await addDays(session, [...days.values()], breathe);
  await insertEntries(session, [...entries.values()], breathe);
}

/** The days of these sums are of UTC: nobody sees them, and where one ends a query knows without a calendar. */
export function journalDayOf(at: Instant): number {
  return Math.floor(at / MILLISECONDS_PER_DAY);
}

function addTo(
  days: Map<string, JournalDayTable>,
  partnerId: string,
  { currency, account, amount_cents, effective_at, recorded_at }: JournalLineTable,
): void {
  const day = {
    partner_id: partnerId,
    currency,
    effective_day: journalDayOf(effective_at),
    recorded_day: journalDayOf(recorded_at),
    account,
  };
  const name = JSON.stringify(day);
  const known = days.get(name)?.amount_cents ?? 0;
  days.set(name, { ...day, amount_cents: known + amount_cents });
}
