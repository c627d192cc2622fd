import { MILLISECONDS_PER_DAY, newFact, streams } from '@provisie/domain';
import type { Fact, Instant, NewFact } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import type { EventStore } from '@provisie/event-store';
import type { CustomerKeys } from '@provisie/privacy';
import { changeStream } from '../change-stream.ts';
import { customerKeyOf } from '../orders/customer.ts';
import type { Difference } from '../orders/difference.ts';
import { keyOf, recordedTwin } from '../orders/order-fact.ts';
import type { OrderEventType } from '../orders/order-fact.ts';
import type { OrderSnapshot } from './snapshot.ts';
import { readDeletion, readFactsOf } from './snapshot-facts.ts';
import type { PassedOver, SnapshotFact, SnapshotReading } from './snapshot-facts.ts';

export interface ShopPorts {
  readonly store: EventStore;
  readonly customerKeys: CustomerKeys;
  readonly now: () => Instant;
}

export type ShopReport =
  | {
      readonly outcome: 'recorded' | 'unchanged';
      readonly orderId: string;
      readonly events: readonly OrderEventType[];
      readonly position: number;
      /** What the shop changed since, of what an order keeps; absent if nothing. */
      readonly kept?: readonly Difference[];
    }
  | {
      readonly outcome: 'ignored';
      readonly orderId: string;
      readonly reason: PassedOver;
    };

/** A shop's clock or time zone may be wrong by hours; what lies further ahead was typed by somebody. */
const SHOP_CLOCK_SKEW_MS = MILLISECONDS_PER_DAY;

/** How orders of a shop are called here. */
function orderIdOf(shopId: string, externalId: string): string {
  return `${shopId}-${externalId}`;
}

/**
 * Records what a snapshot tells that wasn't known. One that tells of what is to come is passed over: no later snapshot
 * would be newer, and touches after the order would count for one that is placed ahead. The next one, with the date put
 * right or come, tells all.
 */
export async function reportSnapshot(
  ports: ShopPorts,
  shopId: string,
  snapshot: OrderSnapshot,
): Promise<ShopReport> {
  const orderId = orderIdOf(shopId, snapshot.externalId);
  const latest = ports.now() + SHOP_CLOCK_SKEW_MS;
  const { email, customerId, modifiedAt, completedAt } = snapshot;
  if (Math.max(modifiedAt, completedAt ?? 0) > latest) {
    return { outcome: 'ignored', orderId, reason: 'dated_in_future' };
  }
  const known = { email, customerId, shopId, orderId };
  const customer = await customerKeyOf(ports.customerKeys, known);
  const identity = { orderId, shopId, customer, latest };
  return report(ports, orderId, shopId, (facts) => readFactsOf(snapshot, identity, facts));
}

/** Records that the shop deleted an order. */
export function reportDeletion(
  ports: ShopPorts,
  shopId: string,
  externalId: string,
): Promise<ShopReport> {
  const orderId = orderIdOf(shopId, externalId);
  const about = { orderId, source: { shopId, externalId } };
  return report(ports, orderId, shopId, (facts) => ({
    kind: 'facts',
    facts: readDeletion(about, ports.now(), facts),
    kept: [],
  }));
}

async function report(
  ports: ShopPorts,
  orderId: string,
  shopId: string,
  read: (facts: readonly Fact[]) => SnapshotReading,
): Promise<ShopReport> {
  const last: { reading: SnapshotReading } = { reading: { kind: 'facts', facts: [], kept: [] } };
  const changed = await changeStream(
    { store: ports.store, now: ports.now, ids: () => '' },
    {
      stream: streams.order(orderId),
      by: `shop:${shopId}`,
      idempotency: null,
      decide: (facts) => {
        last.reading = read(facts);
        return last.reading.kind === 'facts'
          ? last.reading.facts.map((fact) => eventOf(fact, facts))
          : [];
      },
    },
  );
  const { reading } = last;
  if (reading.kind === 'ignored') return { outcome: 'ignored', orderId, reason: reading.reason };
  return {
    outcome: changed.written ? 'recorded' : 'unchanged',
    orderId,
    events: reading.facts.map(({ type }) => type),
    position: changed.position,
    ...(reading.kept.length === 0 ? {} : { kept: reading.kept }),
  };
}

/** The same thing told of again, as of an earlier moment, is an event of its own. */
function eventOf(fact: SnapshotFact, known: readonly Fact[]): NewFact<OrderEventType> {
  const { type, occurredAt, data } = fact;
  const moment = fact.type === 'OrderPlaced' ? fact.data.source?.modifiedAt : occurredAt;
  const isCorrection = recordedTwin(known, fact) !== undefined;
  const key = isCorrection ? [...keyOf(fact), String(moment)] : keyOf(fact);
  return newFact<OrderEventType>(type, { id: eventIdOf(...key), occurredAt, data });
}
