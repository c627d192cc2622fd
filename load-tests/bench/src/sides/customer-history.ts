// `customer-history`: a read model in which one customer has so many orders. Then, each in a batch of its own: further
// orders of that customer, and the refund of its first, after which every other has another place. One line for each.
import { newFact, streams, type NewFact } from '@provisie/domain';
import { createEventIds, type EventStore, type RecordedEvent } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { openSqliteReadModel, Projection } from '@provisie/read-model';
import path from 'node:path';
import { peakRssMb } from '../measurement.ts';
import { clickData } from '../synthetic-clicks.ts';
import { writeSyntheticLog } from '../synthetic-log.ts';

/** Enough for one click of each of some visitors. */
const EVENTS_BEFORE = 100;
const FURTHER = 50;
const FIRST_PLACED_AT = Date.UTC(2026, 1, 1);
const AMOUNT_CENTS = 70_000;

const [folder = '', orders = '0'] = process.argv.slice(2);
const nextId = createEventIds();
const store = openSqliteEventStore({ file: path.join(folder, 'events.sqlite') });
await writeSyntheticLog(store, EVENTS_BEFORE, { withOrders: false });
for (let n = 0; n < Number(orders) + FURTHER; n += 1) await append(store, orderPlaced(n));
await append(store, refunded(0));
const model = await openSqliteReadModel({ folder });
const projection = await Projection.resume(model.database, { unreadable: 'stop', now: Date.now });
const log: RecordedEvent[] = [];
for await (const batch of store.readAll(0)) log.push(...batch);
await store.close();

const known = log.length - FURTHER - 1;
for (let from = 0; from < known; from += 500) {
  await projection.apply(log.slice(from, Math.min(known, from + 500)));
}
await measure('order', log.slice(known, -1), FURTHER);
await measure('refund', log.slice(-1), Number(orders) + FURTHER);
await expectPlaces();
await model.close();

async function measure(
  name: string,
  events: readonly RecordedEvent[],
  operations: number,
): Promise<void> {
  const started = performance.now();
  for (const event of events) await projection.apply([event]);
  const seconds = (performance.now() - started) / 1000;
  const run = { name, operations, seconds, p50: null, p99: null, peakRssMb: peakRssMb() };
  console.log(JSON.stringify(run));
}

/** The first earns nothing any more, the second does, and the last has moved up by one. */
async function expectPlaces(): Promise<void> {
  const last = Number(orders) + FURTHER - 1;
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

async function append(to: EventStore, fact: NewFact): Promise<void> {
  const result = await to.append(streams.order(orderId(0)), [fact], 'any');
  if (!result.ok) throw new Error('an append to any revision met a conflict');
}
