import { MILLISECONDS_PER_DAY } from '@provisie/domain';
import { sql, type RawBuilder } from 'kysely';
import { journalDayOf } from '../batch/journal-days.ts';
import type { Session } from '../database/session.ts';
import { endOfEntries } from '../tables/index.ts';
import type { AsOf } from '../views.ts';

/** One partner's accounts in one currency, in as much of the log as counts. */
export interface PartnerAccount {
  readonly partnerId: string;
  readonly currency: string;
  /** The last position of the log that counts; null: all there is. */
  readonly upTo: number | null;
}

/** `effective_at`, `entry` and `line` of a line. */
export type LinePlace = readonly [number, string, number];

/** Lines up to an instant, or up to a place in the order of statements; both inclusive. */
export interface Through {
  readonly effectiveAt: number;
  /** About a line `l`. */
  readonly includes: RawBuilder<boolean>;
}

export function throughInstant(effectiveAt: number): Through {
  return { effectiveAt, includes: sql<boolean>`l.effective_at <= ${effectiveAt}` };
}

export const PLACE = sql`(l.effective_at, l.entry, l.line)`;

export function throughPlace([effectiveAt, entry, line]: LinePlace): Through {
  const includes = sql<boolean>`${PLACE} <= (${effectiveAt}, ${entry}, ${line})`;
  return { effectiveAt, includes };
}

/**
 * What each account that was used holds, debits positive. The days before the last one are added up from
 * `journal_days`; only what the bounds cut through is read line by line: the last day of `through`, the day of
 * `knownAt`, and what was heard after `upTo`.
 */
export async function accountSums(
  { db }: Session,
  account: PartnerAccount,
  through: Through,
  knownAt: AsOf['knownAt'],
): Promise<ReadonlyMap<string, number>> {
  const parts = [
    wholeDays(account, through, knownAt),
    lastDay(account, through, knownAt),
    ...(knownAt === null ? [] : [heardOnTheDayOf(account, through, knownAt)]),
    ...(account.upTo === null ? [] : [heardAfter(account, account.upTo, through, knownAt)]),
  ];
  const { rows } = await sql<{ account: string; cents: number | string }>`
    select account, sum(amount_cents) as cents from (${sql.join(parts, sql` union all `)}) parts
    group by account`.execute(db);
  return new Map(rows.map(({ account: name, cents }) => [name, Number(cents)]));
}

function wholeDays(
  { partnerId, currency }: PartnerAccount,
  { effectiveAt }: Through,
  knownAt: AsOf['knownAt'],
): RawBuilder<unknown> {
  const heard = knownAt === null ? sql`` : sql`and d.recorded_day < ${journalDayOf(knownAt)}`;
  return sql`select d.account, d.amount_cents from journal_days d
    where d.partner_id = ${partnerId} and d.currency = ${currency}
      and d.effective_day < ${journalDayOf(effectiveAt)} ${heard}`;
}

function lastDay(
  { partnerId, currency }: PartnerAccount,
  { effectiveAt, includes }: Through,
  knownAt: AsOf['knownAt'],
): RawBuilder<unknown> {
  return sql`select l.account, l.amount_cents from journal_lines l
    where l.concerns_partner_id = ${partnerId} and l.currency = ${currency}
      and l.effective_at between ${startOfJournalDay(effectiveAt)} and ${effectiveAt}
      and ${includes} and ${wasHeard(knownAt)}`;
}

/**
 * Of the days before the last one. Whose lines they are is known from the days alone: PostgreSQL, told of the partner
 * twice, would read every line of theirs instead of the few days'.
 */
function heardOnTheDayOf(
  { partnerId, currency }: PartnerAccount,
  { effectiveAt }: Through,
  knownAt: number,
): RawBuilder<unknown> {
  return sql`select l.account, l.amount_cents
    from (
      select distinct partner_id, currency, effective_day from journal_days
      where partner_id = ${partnerId} and currency = ${currency}
        and effective_day < ${journalDayOf(effectiveAt)} and recorded_day = ${journalDayOf(knownAt)}
    ) d
    join journal_lines l on l.concerns_partner_id = d.partner_id and l.currency = d.currency
      and l.effective_at >= d.effective_day * ${MILLISECONDS_PER_DAY}
      and l.effective_at < (d.effective_day + 1) * ${MILLISECONDS_PER_DAY}
    where l.recorded_at >= ${startOfJournalDay(knownAt)} and l.recorded_at <= ${knownAt}`;
}

/** Taken off again. Few lines, found by their entries: so the partner's lines are no condition that an index answers. */
function heardAfter(
  { partnerId, currency }: PartnerAccount,
  upTo: number,
  { includes }: Through,
  knownAt: AsOf['knownAt'],
): RawBuilder<unknown> {
  return sql`select l.account, -l.amount_cents
    from journal_of_partner e join journal_lines l on l.entry = e.entry
    where e.partner_id = ${partnerId} and e.entry > ${endOfEntries(upTo)}
      and coalesce(l.concerns_partner_id, '') = ${partnerId} and l.currency = ${currency}
      and ${includes} and ${wasHeard(knownAt)}`;
}

function wasHeard(knownAt: AsOf['knownAt']): RawBuilder<boolean> {
  return knownAt === null ? sql<boolean>`1 = 1` : sql<boolean>`l.recorded_at <= ${knownAt}`;
}

function startOfJournalDay(at: number): number {
  return journalDayOf(at) * MILLISECONDS_PER_DAY;
}
