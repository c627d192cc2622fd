// `visitor-history`: a read model in which one visitor has clicked so many times. Then, each in a batch of its own: orders
// of that visitor, of a customer each, and a refund of each. One line for each.
import { MOST_TOUCHES_OF_VISITOR, newFact, type NewFact } from '@provisie/domain';
import { createEventIds } from '@provisie/event-store';
import { measurePhases } from '../history-side.ts';
import { clickData } from '../synthetic-clicks.ts';

const ORDERS = 50;
const FIRST_CLICKED_AT = Date.UTC(2026, 1, 1);
const PLACED_AT = Date.UTC(2026, 2, 1);
const AMOUNT_CENTS = 70_000;
const LISTED = 50;

const [folder = '', clicks = '0'] = process.argv.slice(2);
const nextId = createEventIds();
const { visitorId } = clickData(0);
const orders = Array.from({ length: ORDERS }, (_, n) => `order-${n}`);
const model = await measurePhases(folder, Array.from({ length: Number(clicks) }, clicked), [
  { name: 'order', facts: orders.map(orderPlaced), operations: ORDERS },
  { name: 'refund', facts: orders.map(refunded), operations: ORDERS },
]);
for (const orderId of orders) {
  const decision = await model.readModel.decision(orderId);
  const told = [decision?.omittedCandidates, decision?.award?.linkCode].join();
  const expected = [MOST_TOUCHES_OF_VISITOR - LISTED, lastLink()].join();
  if (told !== expected) throw new Error(`${orderId} came to ${told}, and not ${expected}`);
}
await model.close();

function lastLink(): string {
  return clickData(Number(clicks)).linkCode;
}

/** Their first click stands in the log already. */
function clicked(_: unknown, n: number): NewFact {
  const data = { ...clickData(n + 1), visitorId, touchId: nextId() };
  return newFact('ClickRecorded', { id: nextId(), occurredAt: FIRST_CLICKED_AT + n, data });
}

function orderPlaced(orderId: string, n: number): NewFact {
  return newFact('OrderPlaced', {
    id: nextId(),
    occurredAt: PLACED_AT + n,
    data: {
      orderId,
      customer: String(n).padStart(43, '0'),
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: AMOUNT_CENTS }],
      couponCodes: [],
      visitorId,
    },
  });
}

function refunded(orderId: string, n: number): NewFact {
  return newFact('OrderRefunded', {
    id: nextId(),
    occurredAt: PLACED_AT + 86_400_000 + n,
    data: { orderId, refundId: 'a-part', amountCents: AMOUNT_CENTS / 2 },
  });
}
