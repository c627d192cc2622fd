import { sql } from 'kysely';
import type { Breathe } from './breathe.ts';
import { monthOfDay } from './calendar.ts';
import { deletion, insertion, type Session } from './session.ts';
import type { OrderDayTable, OrderMonthTable } from './tables.ts';

const addOrderDays = insertion('order_days', 'add');
const addOrderMonths = insertion('order_months', 'add');
const dropEmptyDay = deletion('order_days', sql`orders = 0`);
const dropEmptyMonth = deletion('order_months', sql`orders = 0`);

/** What a batch adds to the days and months of awarded orders, held until it is written. */
export class OrderPerformance {
  readonly #days = new Map<string, OrderDayTable>();
  readonly #months = new Map<string, OrderMonthTable>();

  /** Moves an order's share of its day's and month's performance from what it was to what it is. */
  move(before: OrderDayTable | null, after: OrderDayTable | null): void {
    if (before !== null) this.#add(before, -1);
    if (after !== null) this.#add(after, 1);
  }

  #add(share: OrderDayTable, times: 1 | -1): void {
    const { day, ...rest } = share;
    addTo(this.#days, share, times);
    addTo(this.#months, { month: monthOfDay(day), ...rest }, times);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    const days = [...this.#days.values()];
    const months = [...this.#months.values()];
    this.#days.clear();
    this.#months.clear();
    await addOrderDays(session, days, breathe);
    await addOrderMonths(session, months, breathe);
    for (const day of days.filter(mayBeEmpty)) await dropEmptyDay(session, day);
    for (const month of months.filter(mayBeEmpty)) await dropEmptyMonth(session, month);
  }
}

type Share = Omit<OrderDayTable, 'day'>;

function addTo<Row extends Share>(sums: Map<string, Row>, share: Row, times: 1 | -1): void {
  const { orders, revenue_cents, commission_cents, ...place } = share;
  const name = JSON.stringify(Object.values(place));
  const known = sums.get(name);
  sums.set(name, {
    ...share,
    orders: (known?.orders ?? 0) + times * orders,
    revenue_cents: (known?.revenue_cents ?? 0) + times * revenue_cents,
    commission_cents: (known?.commission_cents ?? 0) + times * commission_cents,
  });
}

const mayBeEmpty = ({ orders }: Share) => orders <= 0;
