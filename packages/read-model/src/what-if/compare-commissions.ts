import type { Instant } from '@provisie/domain';
import type { Session } from '../database/session.ts';

/** What an order earns. */
export interface Earned {
  readonly partnerId: string;
  readonly programmeId: string;
  readonly amountCents: number;
}

/** An order whose commission differs; null: it earns nothing, or its commission is rejected. */
export interface OrderDifference {
  readonly orderId: string;
  readonly placedAt: Instant;
  readonly currency: string;
  readonly published: Earned | null;
  readonly supposed: Earned | null;
}

/** How many orders earn a partner how much. */
export interface Earnings {
  readonly orders: number;
  readonly commissionCents: number;
}

export interface PartnerDifference {
  readonly partnerId: string;
  readonly currency: string;
  readonly published: Earnings;
  readonly supposed: Earnings;
}

/** Orders placed from a moment on until before another. */
export interface Period {
  readonly from: Instant;
  readonly before: Instant;
}

/** What orders of a period earn under the terms that were published, and under supposed ones. */
export class CommissionComparison {
  readonly #partners = new Map<string, PartnerDifference>();

  /** Goes through both sides once, order by order, and gives those that differ. */
  async *differences(
    published: Session,
    supposed: Session,
    period: Period,
  ): AsyncGenerator<OrderDifference> {
    const [ours, theirs] = [
      new Side(commissionsOf(published, period)),
      new Side(commissionsOf(supposed, period)),
    ];
    for (;;) {
      const orderId = earlier(await ours.orderId(), await theirs.orderId());
      if (orderId === null) return;
      const [one, other] = [await ours.take(orderId), await theirs.take(orderId)];
      this.#add('published', one);
      this.#add('supposed', other);
      const either = one ?? other;
      if (either === null || isSame(one, other)) continue;
      const { placed_at: placedAt, currency } = either;
      yield { orderId, placedAt, currency, published: earned(one), supposed: earned(other) };
    }
  }

  /** Of the orders gone through so far, by partner and currency. */
  partners(): readonly PartnerDifference[] {
    return [...this.#partners.values()].sort(byPartner);
  }

  #add(side: 'published' | 'supposed', row: CommissionRow | null): void {
    if (row === null) return;
    const { partner_id: partnerId, currency, amount_cents: amountCents } = row;
    const key = `${partnerId} ${currency}`;
    const known = this.#partners.get(key) ?? {
      partnerId,
      currency,
      published: NOTHING,
      supposed: NOTHING,
    };
    const { orders, commissionCents } = known[side];
    const more = { orders: orders + 1, commissionCents: commissionCents + amountCents };
    this.#partners.set(key, { ...known, [side]: more });
  }
}

const NOTHING: Earnings = { orders: 0, commissionCents: 0 };

interface CommissionRow {
  readonly order_id: string;
  readonly partner_id: string;
  readonly programme_id: string;
  readonly currency: string;
  readonly placed_at: number;
  readonly amount_cents: number;
}

const READ_AT_ONCE = 1000;

/** Those that stand, in the order of the orders' ids. */
async function* commissionsOf(
  { db }: Session,
  { from, before }: Period,
): AsyncGenerator<CommissionRow> {
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('commissions')
      .select(['order_id', 'partner_id', 'programme_id', 'currency', 'placed_at', 'amount_cents'])
      .select('settled_status')
      .where('order_id', '>', after)
      .orderBy('order_id')
      .limit(READ_AT_ONCE)
      .execute();
    for (const row of rows) {
      const isIn = row.placed_at >= from && row.placed_at < before;
      if (isIn && row.amount_cents > 0 && row.settled_status !== 'rejected') yield row;
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < READ_AT_ONCE) return;
    after = last.order_id;
  }
}

/** Rows one after the other, the next of which can be looked at before it is taken. */
class Side {
  readonly #rows: AsyncIterator<CommissionRow>;
  #next: Promise<IteratorResult<CommissionRow>>;

  constructor(rows: AsyncIterator<CommissionRow>) {
    this.#rows = rows;
    this.#next = rows.next();
  }

  /** Null at the end. */
  async orderId(): Promise<string | null> {
    const next = await this.#next;
    return next.done === true ? null : next.value.order_id;
  }

  /** Null when the next is another. */
  async take(orderId: string): Promise<CommissionRow | null> {
    const next = await this.#next;
    if (next.done === true || next.value.order_id !== orderId) return null;
    this.#next = this.#rows.next();
    return next.value;
  }
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function isSame(one: CommissionRow | null, other: CommissionRow | null): boolean {
  return (
    one?.partner_id === other?.partner_id &&
    one?.programme_id === other?.programme_id &&
    one?.amount_cents === other?.amount_cents
  );
}

function earned(row: CommissionRow | null): Earned | null {
  if (row === null) return null;
  const { partner_id: partnerId, programme_id: programmeId, amount_cents: amountCents } = row;
  return { partnerId, programmeId, amountCents };
}

function byPartner(a: PartnerDifference, b: PartnerDifference): number {
  if (a.partnerId !== b.partnerId) return a.partnerId < b.partnerId ? -1 : 1;
  return a.currency < b.currency ? -1 : 1;
}
