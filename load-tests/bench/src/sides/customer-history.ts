// `customer-history`: a read model in which one customer has so many orders. Then, each in a batch of its own: further
// orders of that customer, and the refund of its first, after which every other has another place. One line for each.
import { newFact, type NewFact } from '@provisie/domain';
import { createEventIds } from '@provisie/event-store';
import { measurePhases } from '../history-side.ts';
import { clickData } from '../synthetic-clicks.ts';

const FURTHER = 50;
const FIRST_PLACED_AT = Date.UTC(2026, 1, 1);
const AMOUNT_CENTS = 70_000;

const [folder = '', orders = '0'] = process.argv.slice(2);
const nextId = createEventIds();
const placed = Array.from({ length: Number(orders) + FURTHER }, (_, n) => orderPlaced(n));
const model = await measurePhases(folder, placed.slice(0, -FURTHER), [
  { name: 'order', facts: placed.slice(-FURTHER), operations: FURTHER },
  { name: 'refund', facts: [refunded(0)], operations: placed.length },
]);
await expectPlaces();
await model.close();

/** The first earns nothing any more, the second does, and the last has moved up by one. */
async function expectPlaces(): Promise<void> {
  const last = placed.length - 1;
  const rewards = await Promise.all(
    [0, 1, last].map(async (n) => (await model.readModel.decision(orderId(n)))?.reward),
  );
  const told = rewards.map((reward) => `${reward?.result ?? ''} ${reward?.rank ?? ''}`).join(', ');
  const expected = `zero_base , earned 1, not_first_order ${last}`;
  if (told !== expected) throw new Error(`the places are ${told}, and not ${expected}`);
}

function orderId(n: number): string {
  return `order-of-one-${n}`;
}

function orderPlaced(n: number): NewFact {
  return newFact('OrderPlaced', {
    id: nextId(),
    occurredAt: FIRST_PLACED_AT + n * 60_000,
    data: {
      orderId: orderId(n),
      customer: 'one'.padStart(43, '0'),
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: AMOUNT_CENTS }],
      couponCodes: [],
      visitorId: clickData(0).visitorId,
    },
  });
}

function refunded(n: number): NewFact {
  return newFact('OrderRefunded', {
    id: nextId(),
    occurredAt: FIRST_PLACED_AT + 86_400_000,
    data: { orderId: orderId(n), refundId: 'all-of-it', amountCents: AMOUNT_CENTS },
  });
}
