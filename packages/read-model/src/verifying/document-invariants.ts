import { sql } from 'kysely';
import type { DocumentTable } from '../tables/index.ts';
import type { Session } from '../database/session.ts';

/** What is wrong with the documents, in words. */
export async function documentViolations(session: Session, most: number): Promise<string[]> {
  return [
    ...(await documentsThatDoNotAddUp(session, most)),
    ...(await brokenSeries(session, most)),
  ];
}

/**
 * Once documents of a payout are issued they come to what it pays, credit notes taken off. Leaves out payouts that were
 * cancelled or failed: their statements stand, and only their invoices are credited.
 */
async function documentsThatDoNotAddUp({ db }: Session, most: number): Promise<string[]> {
  const { rows } = await sql<{
    payout_id: string;
    total_cents: number | string;
    documents: number | string;
  }>`
    select p.payout_id, p.total_cents,
      sum(case when d.kind = 'credit_note' then -d.total_cents else d.total_cents end) as documents
    from documents d join payouts p on p.payout_id = d.payout_id
    where p.status in ('scheduled', 'exported', 'paid')
    group by p.payout_id, p.total_cents
    having sum(case when d.kind = 'credit_note' then -d.total_cents else d.total_cents end)
      <> p.total_cents
    order by p.payout_id limit ${most}`.execute(db);
  return rows.map(
    (row) =>
      `Payout ${row.payout_id} pays ${row.total_cents} cents, its documents come to ${row.documents}.`,
  );
}

const CHUNK = 1000;

/** The numbers of a supplier's invoices and credit notes, and those of the statements, run from 1 without gap or double. */
async function brokenSeries(session: Session, most: number): Promise<string[]> {
  const violations: string[] = [];
  let theirs: NumberedDocument[] = [];
  for (let after: readonly [string, number] = ['', 0]; violations.length < most;) {
    const rows = await documentsAfter(session, after);
    for (const row of rows) {
      if (theirs[0] !== undefined && theirs[0].partner_id !== row.partner_id) {
        violations.push(...gapsIn(theirs));
        theirs = [];
      }
      theirs.push(row);
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = [last.partner_id, last.position];
  }
  return [...violations, ...gapsIn(theirs)];
}

type NumberedDocument = Pick<DocumentTable, 'partner_id' | 'position' | 'kind' | 'number'>;

async function documentsAfter(
  { db }: Session,
  [partnerId, position]: readonly [string, number],
): Promise<readonly NumberedDocument[]> {
  return db
    .selectFrom('documents')
    .select(['partner_id', 'position', 'kind', 'number'])
    .where((where) =>
      where.eb(where.refTuple('partner_id', 'position'), '>', where.tuple(partnerId, position)),
    )
    .orderBy('partner_id')
    .orderBy('position')
    .limit(CHUNK)
    .execute();
}

/** Of one partner: the numbers that are missing, and how many stand twice or outside. */
function* gapsIn(documents: readonly NumberedDocument[]): Generator<string> {
  for (const prefix of ['', 'S']) {
    const ofSeries = documents.filter(
      ({ kind }) => (kind === 'payout_statement') === (prefix === 'S'),
    );
    const numbers = new Set(ofSeries.map(({ number }) => number));
    for (const [index, { partner_id: partnerId }] of ofSeries.entries()) {
      const due = `${partnerId}-${prefix}${String(index + 1).padStart(4, '0')}`;
      if (!numbers.has(due)) yield `There is no document ${due}, but there are ${ofSeries.length}.`;
    }
    if (numbers.size < ofSeries.length) {
      yield `Of ${ofSeries.length} documents of ${ofSeries[0]?.partner_id} only ${numbers.size} have a number of their own.`;
    }
  }
}
