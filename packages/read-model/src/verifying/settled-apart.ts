import { countingFact, payoutStates, type FactOfType } from '@provisie/domain';
import { sql } from 'kysely';
import { factsAbout } from '../batch/fact-rows.ts';
import type { Session } from '../database/session.ts';

export interface PartnerAmount {
  readonly partnerId: string;
  readonly currency: string;
  readonly amountCents: number;
}

/** What payouts and write-offs settled of orders that nobody placed. No line of it comes from a run or a command. */
export async function settledApart(session: Session): Promise<readonly PartnerAmount[]> {
  return [...(await paidUnplaced(session)), ...(await writtenOffUnplaced(session))];
}

async function paidUnplaced(session: Session): Promise<readonly PartnerAmount[]> {
  const unplaced = await unplacedOrders(session, 'payout');
  return payoutStates(await factsAbout(session, 'payout', unplaced.keys))
    .filter(({ status }) => status !== 'cancelled' && status !== 'failed')
    .flatMap((payout) => unplacedLines(payout, unplaced.orderIds));
}

async function writtenOffUnplaced(session: Session): Promise<readonly PartnerAmount[]> {
  const unplaced = await unplacedOrders(session, 'write_off');
  const writeOffs = new Map<string, FactOfType<'BalanceWrittenOff'>>();
  for (const fact of await factsAbout(session, 'write_off', unplaced.keys)) {
    if (fact.type !== 'BalanceWrittenOff') continue;
    const { writeOffId } = fact.data;
    writeOffs.set(writeOffId, countingFact(writeOffs.get(writeOffId), fact));
  }
  return [...writeOffs.values()].flatMap(({ data }) => unplacedLines(data, unplaced.orderIds));
}

interface Unplaced {
  readonly keys: ReadonlySet<string>;
  readonly orderIds: ReadonlySet<string>;
}

async function unplacedOrders({ db }: Session, kind: 'payout' | 'write_off'): Promise<Unplaced> {
  const { rows } = await sql<{ key: string; order_id: string }>`
    select key, order_id from named_orders n where kind = ${kind}
      and not exists (select 1 from decisions d where d.order_id = n.order_id)
    order by key`.execute(db);
  return {
    keys: new Set(rows.map((row) => row.key)),
    orderIds: new Set(rows.map((row) => row.order_id)),
  };
}

interface Settling {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly orderId: string; readonly amountCents: number }[];
}

function unplacedLines(
  { partnerId, currency, lines }: Settling,
  unplaced: ReadonlySet<string>,
): readonly PartnerAmount[] {
  return lines
    .filter((line) => unplaced.has(line.orderId))
    .map(({ amountCents }) => ({ partnerId, currency, amountCents }));
}
