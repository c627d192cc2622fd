import { countingFact, payoutStates, type Decision, type FactOfType } from '@provisie/domain';
import { sql } from 'kysely';
import { z } from 'zod';
import { factsAbout, factsOfKind, namingOrders } from './fact-rows.ts';
import type { Session } from './session.ts';

/** What a payout or write-off settled of an order about which nothing can stand open with the partner. */
export interface SettledApart {
  readonly partnerId: string;
  readonly currency: string;
  readonly amountCents: number;
  /** False: no order of that id was placed. */
  readonly isPlaced: boolean;
}

/**
 * All of it: lines that name orders which were never placed; and write-offs to a partner who neither is awarded the
 * order nor was paid for it. Neither comes from a run or a command; one may be left when facts arrive later.
 */
export async function settledApart(session: Session): Promise<readonly SettledApart[]> {
  return [...(await paidUnplaced(session)), ...(await writtenOffApart(session))];
}

async function paidUnplaced(session: Session): Promise<readonly SettledApart[]> {
  const { rows } = await sql<{ key: string; order_id: string }>`
    select key, order_id from named_orders n where kind = 'payout'
      and not exists (select 1 from decisions d where d.order_id = n.order_id)
    order by key`.execute(session.db);
  const unplaced = new Set(rows.map((row) => row.order_id));
  const facts = await factsAbout(session, 'payout', new Set(rows.map((row) => row.key)));
  return payoutStates(facts)
    .filter(({ status }) => status !== 'cancelled' && status !== 'failed')
    .flatMap(({ partnerId, currency, lines }) =>
      lines
        .filter((line) => unplaced.has(line.orderId))
        .map(({ amountCents }) => ({ partnerId, currency, amountCents, isPlaced: false })),
    );
}

async function writtenOffApart(session: Session): Promise<readonly SettledApart[]> {
  const writeOffs = new Map<string, FactOfType<'BalanceWrittenOff'>>();
  for (const fact of await factsOfKind(session, 'write_off')) {
    if (fact.type !== 'BalanceWrittenOff') continue;
    const { writeOffId } = fact.data;
    writeOffs.set(writeOffId, countingFact(writeOffs.get(writeOffId), fact));
  }
  const apart: SettledApart[] = [];
  for (const { data } of writeOffs.values()) {
    const { partnerId, currency } = data;
    for (const { orderId, amountCents } of data.lines) {
      const decision = await decisionAbout(session, orderId);
      const isPlaced = decision !== null;
      if (isPlaced && (await standsOpen(session, decision, partnerId, currency))) continue;
      apart.push({ partnerId, currency, amountCents, isPlaced });
    }
  }
  return apart;
}

const storedDecision = z.custom<Decision>();

async function decisionAbout({ db }: Session, orderId: string): Promise<Decision | null> {
  const row = await db
    .selectFrom('decisions')
    .select('decision')
    .where('order_id', '=', orderId)
    .executeTakeFirst();
  return row === undefined ? null : storedDecision.parse(JSON.parse(row.decision));
}

/** The partner is awarded the order, or a payout of theirs named it: something may stand open between the two. */
async function standsOpen(
  session: Session,
  { orderId, award, currency: ofOrder }: Decision,
  partnerId: string,
  currency: string,
): Promise<boolean> {
  if (award?.partnerId === partnerId && ofOrder === currency) return true;
  const naming = await namingOrders(session, [orderId]);
  const payoutIds = naming.filter(({ kind }) => kind === 'payout').map(({ key }) => key);
  return payoutStates(await factsAbout(session, 'payout', payoutIds)).some(
    (payout) =>
      payout.partnerId === partnerId && payout.lines.some((line) => line.orderId === orderId),
  );
}
