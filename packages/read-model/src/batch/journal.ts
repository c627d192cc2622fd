import { journalDifference, type JournalLine } from '@provisie/domain';
import { z } from 'zod';
import { AddedRows, heldTable, HeldRows } from './held-rows.ts';
import type { Breathe } from '../database/breathe.ts';
import { keepJournalDays } from './journal-days.ts';
import type { Lookups } from './lookups.ts';
import { insertion, statement, type Session } from '../database/session.ts';
import { entryKey, type JournalLineTable, type JournalTable } from '../tables/index.ts';

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

const journalsOf = statement((db, dialect) =>
  db
    .selectFrom('journals')
    .selectAll()
    .where('kind', '=', 'order')
    .where('key', dialect.is, dialect.anyOf([]))
    .compile(),
);

/** One kind at a time. */
const journalTable = (kind: JournalTable['kind']) =>
  heldTable('journals', {
    keyOf: ({ key }: JournalTable) => key,
    idOf: () => '',
    read: (session: Session, keys: readonly string[]) => journalsOf(session, kind, keys),
  });
const JOURNALS = {
  order: journalTable('order'),
  payout: journalTable('payout'),
  write_off: journalTable('write_off'),
};

const insertEntries = insertion('journal_entries', 'fail');
const insertLines = insertion('journal_lines', 'fail');
const insertPartners = insertion('balance_partners', 'keep');

/** The journal as a batch goes on with it: its entries, and what they add up to. */
export class Journal {
  readonly #journals: Readonly<Record<JournalTable['kind'], HeldRows<JournalTable>>>;
  readonly #entries = new AddedRows(insertEntries);
  #lines: JournalLineTable[] = [];
  readonly #partners = new Set<string>();

  constructor(lookups: Lookups) {
    this.#journals = {
      order: new HeldRows(JOURNALS.order, lookups),
      payout: new HeldRows(JOURNALS.payout, lookups),
      write_off: new HeldRows(JOURNALS.write_off, lookups),
    };
  }

  /** What the entries of the owner add up to; undefined while it has none. */
  of({ kind, key }: Pick<JournalOwner, 'kind' | 'key'>): JournalTable | undefined {
    return this.#journals[kind].oneOf(key);
  }

  /** Adds the one entry that turns the owner's journal into `after`; none when it is that already. */
  post(cause: Cause, owner: JournalOwner, after: readonly JournalLine[]): void {
    const known = this.of(owner);
    const lines = JSON.stringify(after);
    if (known === undefined ? after.length === 0 : isSame(known, owner, lines)) return;
    const before = known === undefined ? [] : linesAsWritten.parse(JSON.parse(known.lines));
    const { kind, key, partnerId } = owner;
    this.#journals[kind].put({ kind, key, partner_id: partnerId, lines });
    this.#add(cause, owner, changes(known, before, owner, after));
  }

  /** An entry is of one currency: a change of currency takes two. */
  #add(cause: Cause, owner: JournalOwner, changes: readonly Change[]): void {
    const currencies = [...new Set(changes.map((change) => change.line.currency))].sort();
    for (const currency of currencies) {
      const entry = entryKey(cause.position, `${owner.kind}/${owner.key}/${currency}`);
      const ofCurrency = changes.filter((change) => change.line.currency === currency);
      this.#entries.add({
        entry,
        cause_event_id: cause.eventId,
        cause_position: cause.position,
        cause_type: cause.type,
        recorded_at: cause.recordedAt,
        order_id: owner.kind === 'order' ? owner.key : null,
        payout_id: owner.kind === 'payout' ? owner.key : null,
        write_off_id: owner.kind === 'write_off' ? owner.key : null,
        currency,
      });
      for (const [index, { line, concerns }] of ofCurrency.entries()) {
        this.#lines.push({
          entry,
          line: index + 1,
          account: line.account,
          partner_id: line.partnerId,
          concerns_partner_id: concerns,
          currency,
          amount_cents: line.amountCents,
          effective_at: line.effectiveAt,
          recorded_at: cause.recordedAt,
        });
      }
    }
    for (const { concerns } of changes) if (concerns !== null) this.#partners.add(concerns);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    for (const journals of Object.values(this.#journals)) await journals.write(session, breathe);
    await this.#entries.write(session, breathe);
    const lines = this.#lines;
    this.#lines = [];
    await insertLines(session, lines, breathe);
    await keepJournalDays(session, lines, breathe);
    const partners = Array.from(this.#partners, (partnerId) => ({ partner_id: partnerId }));
    this.#partners.clear();
    await insertPartners(session, partners, breathe);
  }
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
  if (known === undefined) return after.map(concerning(owner.partnerId));
  if (known.partner_id === owner.partnerId) {
    return journalDifference(before, after).map(concerning(owner.partnerId));
  }
  return [
    ...journalDifference(before, []).map(concerning(known.partner_id)),
    ...journalDifference([], after).map(concerning(owner.partnerId)),
  ];
}

export async function expectBalanceOf(session: Session, partnerId: string): Promise<void> {
  await insertPartners(session, [{ partner_id: partnerId }]);
}
