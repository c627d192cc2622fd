import type { Breathe } from './breathe.ts';
import { command, insertion, type Session } from './session.ts';
import type { OrderDayTable } from './tables.ts';

const addOrderDays = insertion('order_days', 'add');
const dropEmptyDay = command((db) =>
  db
    .deleteFrom('order_days')
    .where('day', '=', 0)
    .where('partner_id', '=', '')
    .where('programme_id', '=', '')
    .where('link_code', '=', '')
    .where('coupon_code', '=', '')
    .where('campaign', '=', '')
    .where('currency', '=', '')
    .where('orders', '=', 0)
    .compile(),
);

/** What a batch adds to the days of awarded orders, held until it is written. */
export class OrderDays {
  readonly #added = new Map<string, OrderDayTable>();

  /** Moves an order's share of its day's performance from what it was to what it is. */
  move(before: OrderDayTable | null, after: OrderDayTable | null): void {
    if (before !== null) this.#add(before, -1);
    if (after !== null) this.#add(after, 1);
  }

  #add(share: OrderDayTable, times: 1 | -1): void {
    const { orders, revenue_cents, commission_cents, ...place } = share;
    const name = JSON.stringify(Object.values(place));
    const sum = this.#added.get(name) ?? {
      ...place,
      orders: 0,
      revenue_cents: 0,
      commission_cents: 0,
    };
    sum.orders += times * orders;
    sum.revenue_cents += times * revenue_cents;
    sum.commission_cents += times * commission_cents;
    this.#added.set(name, sum);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    const added = [...this.#added.values()];
    this.#added.clear();
    await addOrderDays(session, added, breathe);
    for (const day of added) {
      if (day.orders <= 0) await dropIfEmpty(session, day);
    }
  }
}

function dropIfEmpty(session: Session, day: OrderDayTable): Promise<void> {
  return dropEmptyDay(
    session,
    day.day,
    day.partner_id,
    day.programme_id,
    day.link_code,
    day.coupon_code,
    day.campaign,
    day.currency,
    0,
  );
}
