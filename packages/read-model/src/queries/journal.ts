import { sql } from 'kysely';
import { z } from 'zod';
import type { Session } from '../database/session.ts';
import {
  entryIdOf,
  entryOfId,
  type JournalEntryTable,
  type JournalLineTable,
} from '../tables/index.ts';
import type { JournalEntryView, JournalFilter, Page, PageRequest } from '../views.ts';
import { pageOf, placeOfCursor } from './cursor.ts';

const entryPlace = z.tuple([z.int(), z.string()]);

/** In the order in which they were written. */
export async function listJournal(
  session: Session,
  filter: JournalFilter,
  page: PageRequest,
): Promise<Page<JournalEntryView>> {
  const entries = await entriesOf(session, filter, page);
  const lines = await linesOf(
    session,
    entries.map(({ entry }) => entry),
  );
  return pageOf(
    entries,
    page.limit,
    (entry) => [entry.cause_position, entryIdOf(entry)],
    (entry) => entryView(entry, lines.get(entry.entry) ?? []),
  );
}

/** Those of a partner stand in an index of their own, in the same order. */
async function entriesOf(
  { db }: Session,
  { partnerId, orderId, recordedFrom, recordedBefore }: JournalFilter,
  page: PageRequest,
): Promise<readonly JournalEntryTable[]> {
  const after = placeOfCursor(page, entryPlace);
  const [from, place] =
    partnerId === undefined
      ? [sql`journal_entries e`, sql`e.entry`]
      : [sql`journal_of_partner p join journal_entries e on e.entry = p.entry`, sql`p.entry`];
  const conditions = [
    ...(partnerId === undefined ? [] : [sql`p.partner_id = ${partnerId}`]),
    ...(orderId === undefined ? [] : [sql`e.order_id = ${orderId}`]),
    ...(recordedFrom === undefined ? [] : [sql`e.recorded_at >= ${recordedFrom}`]),
    ...(recordedBefore === undefined ? [] : [sql`e.recorded_at < ${recordedBefore}`]),
    ...(after === null ? [] : [sql`${place} > ${entryOfId(...after)}`]),
  ];
  const where = conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;
  const { rows } = await sql<JournalEntryTable>`
    select e.* from ${from} ${where} order by ${place} limit ${page.limit + 1}`.execute(db);
  return rows;
}

async function linesOf(
  { db, dialect }: Session,
  entries: readonly string[],
): Promise<Map<string, JournalLineTable[]>> {
  const rows = await db
    .selectFrom('journal_lines')
    .selectAll()
    .where('entry', dialect.is, dialect.anyOf(entries))
    .orderBy('entry')
    .orderBy('line')
    .execute();
  return Map.groupBy(rows, (row) => row.entry);
}

function entryView(entry: JournalEntryTable, lines: readonly JournalLineTable[]): JournalEntryView {
  return {
    entryId: entryIdOf(entry),
    causeEventId: entry.cause_event_id,
    causePosition: entry.cause_position,
    causeType: entry.cause_type,
    recordedAt: entry.recorded_at,
    orderId: entry.order_id,
    payoutId: entry.payout_id,
    writeOffId: entry.write_off_id,
    currency: entry.currency,
    lines: lines.map((line) => ({
      account: line.account,
      partnerId: line.partner_id,
      amountCents: line.amount_cents,
      effectiveAt: line.effective_at,
    })),
  };
}
