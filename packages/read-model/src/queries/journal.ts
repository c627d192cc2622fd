import { z } from 'zod';
import type { Session } from '../session.ts';
import type { JournalEntryTable, JournalLineTable } from '../tables.ts';
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
    entries.map((entry) => entry.entry_id),
  );
  return pageOf(
    entries,
    page.limit,
    (entry) => [entry.cause_position, entry.entry_id],
    (entry) => entryView(entry, lines.get(entry.entry_id) ?? []),
  );
}

async function entriesOf(
  { db }: Session,
  { partnerId, orderId, recordedFrom, recordedBefore }: JournalFilter,
  page: PageRequest,
): Promise<JournalEntryTable[]> {
  const after = placeOfCursor(page, entryPlace);
  let query = db
    .selectFrom('journal_entries')
    .selectAll()
    .orderBy('cause_position')
    .orderBy('entry_id')
    .limit(page.limit + 1);
  if (orderId !== undefined) query = query.where('order_id', '=', orderId);
  if (recordedFrom !== undefined) query = query.where('recorded_at', '>=', recordedFrom);
  if (recordedBefore !== undefined) query = query.where('recorded_at', '<', recordedBefore);
  if (partnerId !== undefined) {
    query = query.where((where) =>
      where.exists(
        where
          .selectFrom('journal_lines')
          .select('journal_lines.entry_id')
          .whereRef('journal_lines.entry_id', '=', 'journal_entries.entry_id')
          .where('journal_lines.concerns_partner_id', '=', partnerId),
      ),
    );
  }
  if (after !== null) {
    query = query.where((where) =>
      where.eb(where.refTuple('cause_position', 'entry_id'), '>', where.tuple(after[0], after[1])),
    );
  }
  return query.execute();
}

async function linesOf(
  { db, dialect }: Session,
  entryIds: readonly string[],
): Promise<Map<string, JournalLineTable[]>> {
  const rows = await db
    .selectFrom('journal_lines')
    .selectAll()
    .where('entry_id', dialect.is, dialect.anyOf(entryIds))
    .orderBy('entry_id')
    .orderBy('line')
    .execute();
  return Map.groupBy(rows, (row) => row.entry_id);
}

function entryView(entry: JournalEntryTable, lines: readonly JournalLineTable[]): JournalEntryView {
  return {
    entryId: entry.entry_id,
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
