import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Session } from '../database/session.ts';
import type { AsOf, PageRequest, StatementBalance, StatementLine } from '../views.ts';
import {
  accountSums,
  PLACE,
  type LinePlace,
  type PartnerAccount,
  type Through,
} from './account-sums.ts';
import { endOfEntries, entryIdOf, entryOfId } from '../tables/index.ts';
import { placeOfCursor } from './cursor.ts';

/** In as much of the log as there was when it was first asked for, so that all pages show the same. */
export interface StatementAccount extends PartnerAccount {
  readonly upTo: number;
}

const cursorPlace = z.tuple([z.int(), z.int(), z.string(), z.int(), z.int()]);

/** Where the page begins, and which part of the log all its pages show. */
export async function pageStart(
  { db }: Session,
  page: PageRequest,
): Promise<{ readonly after: LinePlace | null; readonly upTo: number }> {
  const place = placeOfCursor(page, cursorPlace);
  if (place !== null) {
    const [effectiveAt, position, entryId, line, upTo] = place;
    return { after: [effectiveAt, entryOfId(position, entryId), line], upTo };
  }
  const { position } = await db
    .selectFrom('checkpoint')
    .select('position')
    .executeTakeFirstOrThrow();
  return { after: null, upTo: position };
}

/** The place of a line in its statement, as a cursor has it. */
export function placeOf(
  line: StatementLine,
  { upTo }: StatementAccount,
): z.infer<typeof cursorPlace> {
  return [line.effectiveAt, line.causePosition, line.entryId, line.line, upTo];
}

const ACCOUNTS = sql`('partner_pending', 'partner_payable', 'clawback_receivable')`;

export function isAfter([effectiveAt, entry, line]: LinePlace): RawBuilder<boolean> {
  return sql`${PLACE} > (${effectiveAt}, ${entry}, ${line})`;
}

/** The line counted at `asOf`, and was heard of by `knownAt`. */
export function isIn({ asOf, knownAt }: AsOf): RawBuilder<boolean> {
  const counts = sql<boolean>`l.effective_at <= ${asOf}`;
  return knownAt === null ? counts : sql`${counts} and l.recorded_at <= ${knownAt}`;
}

function isOf({ partnerId, currency, upTo }: StatementAccount): RawBuilder<boolean> {
  return sql`l.concerns_partner_id = ${partnerId} and l.currency = ${currency}
    and l.account in ${ACCOUNTS} and l.entry < ${endOfEntries(upTo)}`;
}

/** What the account comes to. */
export async function balanceThrough(
  session: Session,
  account: StatementAccount,
  through: Through,
  knownAt: AsOf['knownAt'],
): Promise<StatementBalance> {
  const sums = await accountSums(session, account, through, knownAt);
  const owed = (name: string) => 0 - (sums.get(name) ?? 0);
  return {
    pendingCents: owed('partner_pending'),
    balanceCents: owed('partner_payable') + owed('clawback_receivable'),
  };
}

interface LineRow {
  readonly entry: string;
  readonly line: number;
  readonly effective_at: number;
  readonly recorded_at: number;
  readonly cause_event_id: string;
  readonly cause_position: number;
  readonly cause_type: string;
  readonly order_id: string | null;
  readonly payout_id: string | null;
  readonly write_off_id: string | null;
  readonly account: string;
  readonly amount_cents: number;
}

/** The lines for which the condition holds, by when they count, then by the log. */
export async function linesWhere(
  { db }: Session,
  account: StatementAccount,
  condition: RawBuilder<boolean>,
  limit: number,
): Promise<readonly StatementLine[]> {
  const { rows } = await sql<LineRow>`
    select l.entry, l.line, l.effective_at, l.recorded_at, l.account, l.amount_cents,
      e.cause_event_id, e.cause_position, e.cause_type, e.order_id, e.payout_id, e.write_off_id
    from journal_lines l join journal_entries e on e.entry = l.entry
    where ${isOf(account)} and ${condition}
    order by l.effective_at, l.entry, l.line
    limit ${limit}`.execute(db);
  return rows.map(lineOfRow);
}

function lineOfRow(row: LineRow): StatementLine {
  return {
    entryId: entryIdOf(row),
    line: row.line,
    effectiveAt: row.effective_at,
    recordedAt: row.recorded_at,
    causeEventId: row.cause_event_id,
    causePosition: row.cause_position,
    causeType: row.cause_type,
    orderId: row.order_id,
    payoutId: row.payout_id,
    writeOffId: row.write_off_id,
    account: row.account,
    amountCents: -row.amount_cents,
  };
}

/** The balance after the line. */
export function plusLine(
  { pendingCents, balanceCents }: StatementBalance,
  { account, amountCents }: StatementLine,
): StatementBalance {
  return account === 'partner_pending'
    ? { pendingCents: pendingCents + amountCents, balanceCents }
    : { pendingCents, balanceCents: balanceCents + amountCents };
}
