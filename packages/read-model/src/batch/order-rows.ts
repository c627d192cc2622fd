import { commissionTable } from './commission-rows.ts';
import type { Breathe } from '../database/breathe.ts';
import { HeldChanges, HeldRows, tableOfOrders } from './held-rows.ts';
import type { Lookups } from './lookups.ts';
import { openItemTable } from './open-item-rows.ts';
import { OrderSums } from '../sums/order-sums.ts';
import { orderTable } from './order-view.ts';
import { readTable } from './reads.ts';
import type { Session } from '../database/session.ts';
import type { CommissionTable, DecisionTable, OpenItemTable, OrderTable } from '../tables/index.ts';

const decisionTable = tableOfOrders('decisions');

/** The rows that follow from the decisions of a batch. */
export class OrderRows {
  readonly decisions: HeldRows<DecisionTable>;
  readonly reads = new HeldChanges(readTable);
  readonly orders: HeldRows<OrderTable>;
  readonly commissions: HeldRows<CommissionTable>;
  readonly openItems: HeldRows<OpenItemTable>;
  readonly sums: OrderSums;

  constructor(lookups: Lookups, closedDay: number) {
    this.sums = new OrderSums(closedDay);
    this.decisions = new HeldRows(decisionTable, lookups);
    this.orders = new HeldRows(orderTable, lookups);
    this.commissions = new HeldRows(commissionTable, lookups);
    this.openItems = new HeldRows(openItemTable, lookups);
  }

  async write(session: Session, breathe: Breathe): Promise<void> {
    await this.decisions.write(session, breathe);
    await this.reads.write(session, breathe);
    await this.orders.write(session, breathe);
    await this.commissions.write(session, breathe);
    await this.openItems.write(session, breathe);
    await this.sums.write(session, breathe);
  }
}
