import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import type { Session } from '../session.ts';
import type { AsOf, PageRequest, StatementBalance, StatementLine } from '../views.ts';
import { placeOfCursor } from './cursor.ts';

/** One partner's account in one currency, in as much of the log as there was when it was first asked for. */
export interface PartnerAccount {
  readonly partnerId: string;
  readonly currency: string;
  /** The last position of the log that counts, so that all pages show the same. */
  readonly upTo: number;
}

/** `effective_at`, `cause_position`, `entry_id` and `line` of the last line that was shown. */
export type LinePlace = readonly [number, number, string, number];

const cursorPlace = z.tuple([z.int(), z.int(), z.string(), z.int(), z.int()]);

/** Where the page begins, and which part of the log all its pages show. */
export async function pageStart(
  { db }: Session,
  page: PageRequest,
): Promise<{ readonly after: LinePlace | null; readonly upTo: number }> {
  const place = placeOfCursor(page, cursorPlace);
  if (place !== null) {
    const [effectiveAt, position, entryId, line, upTo] = place;
    return { after: [effectiveAt, position, entryId, line], upTo };
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
  { upTo }: PartnerAccount,
): z.infer<typeof cursorPlace> {
  return [line.effectiveAt, line.causePosition, line.entryId, line.line, upTo];
}

const ACCOUNTS = sql`('partner_pending', 'partner_payable', 'clawback_receivable')`;
const PLACE = sql`(l.effective_at, l.cause_position, l.entry_id, l.line)`;

export function isAfter([effectiveAt, position, entryId, line]: LinePlace): RawBuilder<boolean> {
  return sql`${PLACE} > (${effectiveAt}, ${position}, ${entryId}, ${line})`;
}

export function isUpTo([effectiveAt, position, entryId, line]: LinePlace): RawBuilder<boolean> {
  return sql`${PLACE} <= (${effectiveAt}, ${position}, ${entryId}, ${line})`;
}

/** The line counted at `asOf`, and was heard of by `knownAt`. */
export function isIn({ asOf, knownAt }: AsOf): RawBuilder<boolean> {
  const counts = sql<boolean>`l.effective_at <= ${asOf}`;
  return knownAt === null ? counts : sql`${counts} and l.recorded_at <= ${knownAt}`;
}

function isOf({ partnerId, currency, upTo }: PartnerAccount): RawBuilder<boolean> {
  return sql`l.concerns_partner_id = ${partnerId} and l.currency = ${currency}
    and l.account in ${ACCOUNTS} and l.cause_position <= ${upTo}`;
}

/** For each condition, what the lines come to for which it holds: all in one pass. */
export async function balancesWhere<Name extends string>(
  { db }: Session,
  account: PartnerAccount,
  conditions: Readonly<Record<Name, RawBuilder<boolean>>>,
): Promise<(name: Name) => StatementBalance> {
  const sums = Object.entries<RawBuilder<boolean>>(conditions).map(
    ([name, condition]) => sql`
      sum(case when ${condition} and l.account = 'partner_pending' then -l.amount_cents else 0 end)
        as ${sql.ref(`${name}_pending`)},
      sum(case when ${condition} and l.account <> 'partner_pending' then -l.amount_cents else 0 end)
        as ${sql.ref(`${name}_balance`)}`,
  );
  const { rows } = await sql<Readonly<Record<string, number | string | null>>>`
    select ${sql.join(sums)} from journal_lines l where ${isOf(account)}`.execute(db);
  const cents = (column: string) => Number(rows[0]?.[column] ?? 0);
  return (name) => ({
    pendingCents: cents(`${name}_pending`),
    balanceCents: cents(`${name}_balance`),
  });
}

interface LineRow {
  readonly entry_id: string;
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
  account: PartnerAccount,
  condition: RawBuilder<boolean>,
  limit: number,
): Promise<readonly StatementLine[]> {
  const { rows } = await sql<LineRow>`
    select l.entry_id, l.line, l.effective_at, l.recorded_at, l.cause_position, l.account,
      l.amount_cents, e.cause_event_id, e.cause_type, e.order_id, e.payout_id, e.write_off_id
    from journal_lines l join journal_entries e on e.entry_id = l.entry_id
    where ${isOf(account)} and ${condition}
    order by l.effective_at, l.cause_position, l.entry_id, l.line
    limit ${limit}`.execute(db);
  return rows.map(lineOfRow);
}

function lineOfRow(row: LineRow): StatementLine {
  return {
    entryId: row.entry_id,
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
