import { sql } from 'kysely';
import type { Breathe } from '../database/breathe.ts';
import { EVERY_ORDER, nameOfGroup, orderGroup, ORDER_GROUPINGS } from './groupings.ts';
import { deletion, insertion, type Session } from '../database/session.ts';
import { inSpans } from './spans.ts';
import type { OrderSumTable } from '../tables/index.ts';

/** What an order adds to the sums of its day. */
export type OrderShare = Readonly<Omit<OrderSumTable, 'grouping' | 'days'>>;

const addSums = insertion('order_sums', 'add');
const dropEmpty = deletion('order_sums', sql`orders = 0`);

/** What a batch adds to the sums of awarded orders, held until it is written. */
export class OrderSums {
  readonly #closedDay: number;
  #shares: OrderShare[] = [];

  /** Before `closedDay` every sum is kept, see `closeDays`. */
  constructor(closedDay: number) {
    this.#closedDay = closedDay;
  }

  /** Moves an order's share from what it was to what it is. */
  move(before: OrderShare | null, after: OrderShare | null): void {
    if (before !== null) this.#shares.push(takenOff(before));
    if (after !== null) this.#shares.push(after);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    const shares = this.#shares;
    this.#shares = [];
    await write(session, addUp(shares.map(everyOrder)), breathe);
    const closed = shares.filter(({ day }) => day < this.#closedDay);
    await addOrderSums(session, closed, breathe);
  }
}

function everyOrder(share: OrderShare): OrderSumTable {
  return { ...share, grouping: EVERY_ORDER, days: 1 };
}

/** Adds them to the sums of every grouping and span, but for the finest days. */
export async function addOrderSums(
  session: Session,
  shares: readonly OrderShare[],
  breathe: Breathe,
): Promise<void> {
  for (const grouping of ORDER_GROUPINGS) {
    const days = addUp(
      shares.map((share) => ({
        ...share,
        ...orderGroup(share, grouping),
        grouping: grouping.name,
        days: 1,
      })),
    );
    const sums = inSpans(days, grouping.spanDays, addUp);
    await write(session, sums.filter(isNoFinestDay), breathe);
  }
}

function isNoFinestDay({ grouping, days }: OrderSumTable): boolean {
  return grouping !== EVERY_ORDER || days > 1;
}

async function write(
  session: Session,
  sums: readonly OrderSumTable[],
  breathe: Breathe,
): Promise<void> {
  const changed = sums.filter(isChange);
  await addSums(session, changed, breathe);
  for (const sum of changed) if (sum.orders < 0) await dropEmpty(session, sum);
}

function takenOff({ orders, revenue_cents, commission_cents, ...place }: OrderShare): OrderShare {
  return {
    ...place,
    orders: -orders,
    revenue_cents: -revenue_cents,
    commission_cents: -commission_cents,
  };
}

function isChange({ orders, revenue_cents, commission_cents }: OrderSumTable): boolean {
  return orders !== 0 || revenue_cents !== 0 || commission_cents !== 0;
}

function addUp(rows: readonly OrderSumTable[]): readonly OrderSumTable[] {
  const sums = new Map<string, OrderSumTable>();
  for (const row of rows) {
    const name = `${row.day} ${row.currency} ${row.coupon_code} ${nameOfGroup(row)}`;
    const known = sums.get(name);
    if (known === undefined) sums.set(name, { ...row });
    else add(known, row);
  }
  return [...sums.values()];
}

function add(sum: OrderSumTable, { orders, revenue_cents, commission_cents }: OrderSumTable): void {
  sum.orders += orders;
  sum.revenue_cents += revenue_cents;
  sum.commission_cents += commission_cents;
}
