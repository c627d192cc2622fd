import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Session } from '../database/session.ts';
import type { AsOf, TrialBalanceRow } from '../views.ts';

/** Entries that are added up in one go: a moment's work, so that other work has its turn in between. */
const CHUNK = 10_000;

interface Sums {
  debitCents: number;
  creditCents: number;
}

/** Adds up every line of the ledger, a part at a time. The session is a snapshot: all parts are of one moment. */
export async function trialBalanceOf(
  snapshot: Session,
  at: AsOf,
): Promise<readonly TrialBalanceRow[]> {
  const accounts = new Map<string, Map<string, Sums>>();
  let after = '';
  for (;;) {
    const last = await lastOfChunk(snapshot, after);
    await addUp(snapshot, at, after, last, accounts);
    if (last === null) return rowsOf(accounts);
    after = last;
    await setImmediate();
  }
}

/** The key of the last entry of the chunk after `after`; null when there are fewer. */
async function lastOfChunk({ db }: Session, after: string): Promise<string | null> {
  const row = await db
    .selectFrom('journal_entries')
    .select('entry')
    .where('entry', '>', after)
    .orderBy('entry')
    .limit(1)
    .offset(CHUNK - 1)
    .executeTakeFirst();
  return row?.entry ?? null;
}

async function addUp(
  { db }: Session,
  { asOf, knownAt }: AsOf,
  after: string,
  last: string | null,
  accounts: Map<string, Map<string, Sums>>,
): Promise<void> {
  const sumOf = (sign: '>' | '<') =>
    sql<
      number | string
    >`sum(case when amount_cents ${sql.raw(sign)} 0 then abs(amount_cents) else 0 end)`;
  let query = db
    .selectFrom('journal_lines')
    .select(['currency', 'account', sumOf('>').as('debit'), sumOf('<').as('credit')])
    .where('entry', '>', after)
    .where('effective_at', '<=', asOf)
    .groupBy(['currency', 'account']);
  if (last !== null) query = query.where('entry', '<=', last);
  if (knownAt !== null) query = query.where('recorded_at', '<=', knownAt);
  for (const { currency, account, debit, credit } of await query.execute()) {
    const ofCurrency = accounts.get(currency) ?? new Map<string, Sums>();
    accounts.set(currency, ofCurrency);
    const known = ofCurrency.get(account) ?? { debitCents: 0, creditCents: 0 };
    ofCurrency.set(account, {
      debitCents: known.debitCents + Number(debit),
      creditCents: known.creditCents + Number(credit),
    });
  }
}

function rowsOf(accounts: ReadonlyMap<string, ReadonlyMap<string, Sums>>): TrialBalanceRow[] {
  const rows: TrialBalanceRow[] = [];
  for (const [currency, sums] of [...accounts].sort(byKey)) {
    for (const [account, { debitCents, creditCents }] of [...sums].sort(byKey)) {
      const balanceCents = debitCents - creditCents;
      rows.push({ currency, account, debitCents, creditCents, balanceCents });
    }
  }
  return rows;
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
