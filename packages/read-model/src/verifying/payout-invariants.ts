import { payoutStates } from '@provisie/domain';
import { sql } from 'kysely';
import { factsAbout } from '../batch/fact-rows.ts';
import type { PayoutView } from '../payout-views.ts';
import type { Session } from '../database/session.ts';

/** What is wrong with the payouts, in words. */
export async function payoutViolations(session: Session, most: number): Promise<string[]> {
  return [
    ...(await payoutsMovedOtherwise(session, most)),
    ...(await payoutsThatDoNotAddUp(session, most)),
  ];
}

/**
 * What is in transit is the totals of the payouts that are scheduled or exported, what left the bank those of the paid:
 * payout by payout, so that two errors can't hide each other. Money that moved for no payout has no id.
 */
async function payoutsMovedOtherwise({ db }: Session, most: number): Promise<string[]> {
  const { rows } = await sql<{
    payout_id: string | null;
    transit: number | string;
    bank: number | string;
  }>`
    select payout_id, sum(transit) as transit, sum(bank) as bank from (
      select e.payout_id,
        case when l.account = 'payouts_in_transit' then -l.amount_cents else 0 end as transit,
        case when l.account = 'bank' then -l.amount_cents else 0 end as bank
      from journal_lines l join journal_entries e on e.entry = l.entry
      where l.account in ('payouts_in_transit', 'bank')
      union all
      select payout_id, case when status in ('scheduled', 'exported') then -total_cents else 0 end,
        case when status = 'paid' then -total_cents else 0 end
      from payouts
    ) moved
    group by payout_id having sum(transit) <> 0 or sum(bank) <> 0
    order by payout_id nulls first limit ${most}`.execute(db);
  return rows.map(
    ({ payout_id, transit, bank }) =>
      `Payout ${payout_id ?? '(none)'}: the journal has ${transit} cents too many in transit and ${bank} too many paid by the bank.`,
  );
}

const CHUNK = 200;

async function payoutsThatDoNotAddUp(session: Session, most: number): Promise<string[]> {
  const violations: string[] = [];
  for (let after = ''; violations.length < most;) {
    const rows = await session.db
      .selectFrom('payouts')
      .select(['payout_id', 'total_cents'])
      .where('payout_id', '>', after)
      .orderBy('payout_id')
      .limit(CHUNK)
      .execute();
    const totals = new Map(rows.map((row) => [row.payout_id, row.total_cents]));
    for (const payout of payoutStates(await factsAbout(session, 'payout', totals.keys()))) {
      violations.push(...sumsOf(payout, totals.get(payout.payoutId) ?? 0));
    }
    const last = rows.at(-1);
    if (last === undefined) break;
    after = last.payout_id;
  }
  return violations;
}

function* sumsOf(payout: PayoutView, keptTotalCents: number): Generator<string> {
  const { payoutId, amountCents, totalCents, lines, vat } = payout;
  const linesCents = sum(lines.map((line) => line.amountCents));
  const netCents = sum(vat.map((part) => part.netCents));
  const vatCents = sum(vat.map((part) => part.vatCents));
  if (linesCents !== amountCents || netCents !== amountCents) {
    yield `Payout ${payoutId} pays ${amountCents} cents, its lines come to ${linesCents} and its VAT parts to ${netCents}.`;
  }
  if (amountCents + vatCents !== totalCents || totalCents !== keptTotalCents) {
    yield `Payout ${payoutId} pays ${amountCents} cents and ${vatCents} of VAT, its total is ${totalCents} and is kept as ${keptTotalCents}.`;
  }
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, cents) => total + cents, 0);
}
