import { journalDifference, type JournalLine } from '@provisie/domain';
import { z } from 'zod';
import { keepJournalDays } from './journal-days.ts';
import { insertion, statement, type Session } from './session.ts';
import type { JournalTable } from './tables.ts';

/** The event that made projections change. */
export interface Cause {
  readonly eventId: string;
  readonly type: string;
  readonly position: number;
  readonly recordedAt: number;
}

export interface JournalOwner {
  readonly kind: JournalTable['kind'];
  readonly key: string;
  /** Whose payout or write-off it is; null for an order. */
  readonly partnerId: string | null;
}

const linesAsWritten = z.custom<readonly JournalLine[]>();

const journalOf = statement((db) =>
  db.selectFrom('journals').selectAll().where('kind', '=', 'order').where('key', '=', '').compile(),
);
const putJournal = insertion('journals', 'replace');
const insertEntries = insertion('journal_entries', 'fail');
const insertLines = insertion('journal_lines', 'fail');
const insertPartners = insertion('balance_partners', 'keep');

/** Writes the one entry that turns the owner's journal into `after`; none when it is that already. */
export async function post(
  session: Session,
  cause: Cause,
  owner: JournalOwner,
  after: readonly JournalLine[],
): Promise<void> {
  const [known] = await journalOf(session, owner.kind, owner.key);
  const lines = JSON.stringify(after);
  if (known === undefined ? after.length === 0 : isSame(known, owner, lines)) return;
  const before = known === undefined ? [] : linesAsWritten.parse(JSON.parse(known.lines));
  await putJournal(session, [
    { kind: owner.kind, key: owner.key, partner_id: owner.partnerId, lines },
  ]);
  await writeEntries(session, cause, owner, changes(known, before, owner, after));
}

function isSame(known: JournalTable, owner: JournalOwner, lines: string): boolean {
  return known.lines === lines && known.partner_id === owner.partnerId;
}

interface Change {
  readonly line: JournalLine;
  readonly concerns: string | null;
}

/** When a payout turns out to be another partner's, the lines of the two must not cancel out. */
function changes(
  known: JournalTable | undefined,
  before: readonly JournalLine[],
  owner: JournalOwner,
  after: readonly JournalLine[],
): Change[] {
  const concerning = (partnerId: string | null) => (line: JournalLine) => ({
    line,
    concerns: line.partnerId ?? partnerId,
  });
  if (known === undefined || known.partner_id === owner.partnerId) {
    return journalDifference(before, after).map(concerning(owner.partnerId));
  }
  return [
    ...journalDifference(before, []).map(concerning(known.partner_id)),
    ...journalDifference([], after).map(concerning(owner.partnerId)),
  ];
}

/** An entry is of one currency: a change of currency takes two. */
async function writeEntries(
  session: Session,
  cause: Cause,
  owner: JournalOwner,
  changes: readonly Change[],
): Promise<void> {
  const currencies = [...new Set(changes.map((change) => change.line.currency))].sort();
  for (const currency of currencies) {
    const entryId = `${cause.eventId}/${owner.kind}/${owner.key}/${currency}`;
    const ofCurrency = changes.filter((change) => change.line.currency === currency);
    await insertEntries(session, [
      {
        entry_id: entryId,
        cause_event_id: cause.eventId,
        cause_position: cause.position,
        cause_type: cause.type,
        recorded_at: cause.recordedAt,
        order_id: owner.kind === 'order' ? owner.key : null,
        payout_id: owner.kind === 'payout' ? owner.key : null,
        write_off_id: owner.kind === 'write_off' ? owner.key : null,
        currency,
      },
    ]);
    const lines = ofCurrency.map(({ line, concerns }, index) => ({
      entry_id: entryId,
      line: index + 1,
      account: line.account,
      partner_id: line.partnerId,
      concerns_partner_id: concerns,
      currency,
      amount_cents: line.amountCents,
      effective_at: line.effectiveAt,
      recorded_at: cause.recordedAt,
      cause_position: cause.position,
    }));
    await insertLines(session, lines);
    await keepJournalDays(session, lines);
  }
  const partners = new Set(changes.map((change) => change.concerns));
  await insertPartners(
    session,
    [...partners].filter((id) => id !== null).map((partnerId) => ({ partner_id: partnerId })),
  );
}

export async function expectBalanceOf(session: Session, partnerId: string): Promise<void> {
  await insertPartners(session, [{ partner_id: partnerId }]);
}
