import {
  clickIdOf,
  createOrderCommands,
  type OrderCommands,
  type OrderReport,
} from '@provisie/admin-api';
import { normaliseCouponCode, type EventPayload } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { createCustomerKeys, SECRETS, type CustomerKeys, type Vault } from '@provisie/privacy';
import pMap from 'p-map';
import type { OrderRow } from './order-row.ts';
import type { GoodRow } from './orders-file.ts';

export interface OrdersImport {
  readonly rows: readonly GoodRow[];
  readonly store: EventStore;
  readonly vault: Vault;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface OrdersSummary {
  /** Orders of which at least one fact was new. */
  readonly recorded: number;
  /** Orders that were recorded before just so. */
  readonly alreadyKnown: number;
  /** Orders that were recorded before with other content; nothing of these was changed. */
  readonly contradictions: readonly {
    readonly line: number;
    readonly orderId: string;
    /** JSON pointers of what differs. */
    readonly paths: readonly string[];
  }[];
}

const BY = 'import';
const AT_ONCE = 32;

/** Records orders from before through the same commands as the API's. The same rows again add nothing. */
export async function importOrders(options: OrdersImport): Promise<OrdersSummary> {
  const { rows, store, vault, onProgress } = options;
  const customerKeys = createCustomerKeys(await vault.secret(SECRETS.customerKeys));
  const commands = createOrderCommands({ store, now: Date.now });
  const contradictions: OrdersSummary['contradictions'][number][] = [];
  let recorded = 0;
  let alreadyKnown = 0;
  let done = 0;
  const importOne = async ({ line, order }: (typeof rows)[number]) => {
    const reports = await reportAll(commands, customerKeys, order);
    const paths = reports.flatMap(pathsOf);
    if (paths.length > 0) contradictions.push({ line, orderId: order.orderId, paths });
    else if (reports.some(({ outcome }) => outcome === 'recorded')) recorded += 1;
    else alreadyKnown += 1;
    done += 1;
    onProgress?.(done, rows.length);
  };
  await pMap(rows, importOne, { concurrency: AT_ONCE });
  return { recorded, alreadyKnown, contradictions: contradictions.sort((a, b) => a.line - b.line) };
}

/** Stops at the first contradiction, so that an order that isn't the one known gets nothing added. */
async function reportAll(
  commands: OrderCommands,
  customerKeys: CustomerKeys,
  order: OrderRow,
): Promise<OrderReport[]> {
  const { orderId, placedAt, completedAt, cancelledAt, refund } = order;
  const placed = await commands.place(placedAt, await placingOf(customerKeys, order), BY);
  if (placed.outcome === 'conflict') return [placed];
  const reports: OrderReport[] = [placed];
  if (completedAt !== null) reports.push(await commands.complete(completedAt, { orderId }, BY));
  if (cancelledAt !== null) reports.push(await commands.cancel(cancelledAt, { orderId }, BY));
  if (refund !== null) {
    const data = { orderId, refundId: 'import', amountCents: refund.cents };
    reports.push(await commands.refund(refund.at, data, BY));
  }
  return reports;
}

async function placingOf(
  customerKeys: CustomerKeys,
  order: OrderRow,
): Promise<EventPayload<'OrderPlaced'>> {
  const customer = await customerKeys.ofEmail(order.customerEmail);
  if (customer === null) throw new Error(`not an e-mail address in order ${order.orderId}`);
  return {
    orderId: order.orderId,
    customer,
    currency: order.currency,
    lines: [{ lineId: '1', amountCents: order.netCents }],
    couponCodes: order.couponCodes.flatMap((code) => normaliseCouponCode(code) ?? []),
    ...(order.clickId === null ? {} : { clickId: clickIdOf(order.clickId) }),
    ...(order.visitorId === null ? {} : { visitorId: order.visitorId }),
  };
}

function pathsOf(report: OrderReport): readonly string[] {
  return report.outcome === 'conflict' ? report.differences.map(({ path }) => path) : [];
}
