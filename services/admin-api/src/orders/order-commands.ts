import { streams } from '@provisie/domain';
import type { EventPayload, Fact, Instant } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { changeStream } from '../change-stream.ts';
import type { Difference } from './difference.ts';
import { contradictions, eventOf, recordedTwin } from './order-fact.ts';
import type { OrderEventType, ReportedFact } from './order-fact.ts';

/** The payout that fixed an order's award, terms and lines. */
export interface OrderLock {
  readonly payoutId: string;
  readonly lockedAt: Instant;
}

export interface OrderPorts {
  readonly store: EventStore;
  readonly now: () => Instant;
  /** Without it no amendment is refused here; the decision passes over one that came after the lock. */
  readonly lockOf?: (orderId: string) => Promise<OrderLock | null>;
}

export type OrderReport =
  | {
      /** `repeated`: all of it was known. */
      readonly outcome: 'recorded' | 'repeated';
      readonly orderId: string;
      /** Of what was reported, also when it was known. */
      readonly position: number;
      /** All that is known of the order. */
      readonly facts: readonly Fact[];
    }
  /** The same fact was recorded with other content; nothing was written. */
  | {
      readonly outcome: 'conflict';
      readonly orderId: string;
      readonly type: OrderEventType;
      readonly differences: readonly Difference[];
    }
  | {
      readonly outcome: 'amendment_after_lock';
      readonly orderId: string;
      readonly lock: OrderLock;
    };

/**
 * Records what shops report of orders. Everything may be reported again, and in any order: a refund before
 * its order, a cancellation twice. `by` says who reports: an access key, a shop, an import.
 */
export interface OrderCommands {
  report(fact: ReportedFact, by: string): Promise<OrderReport>;
  place(placedAt: Instant, data: EventPayload<'OrderPlaced'>, by: string): Promise<OrderReport>;
  amend(at: Instant | null, data: EventPayload<'OrderAmended'>, by: string): Promise<OrderReport>;
  refund(at: Instant | null, data: EventPayload<'OrderRefunded'>, by: string): Promise<OrderReport>;
  cancel(
    at: Instant | null,
    data: EventPayload<'OrderCancelled'>,
    by: string,
  ): Promise<OrderReport>;
  complete(
    at: Instant | null,
    data: EventPayload<'OrderCompleted'>,
    by: string,
  ): Promise<OrderReport>;
}

export function createOrderCommands(ports: OrderPorts): OrderCommands {
  const report = (fact: ReportedFact, by: string) => reportFact(ports, fact, by);
  return {
    report,
    place: (occurredAt, data, by) => report({ type: 'OrderPlaced', occurredAt, data }, by),
    amend: (occurredAt, data, by) => report({ type: 'OrderAmended', occurredAt, data }, by),
    refund: (occurredAt, data, by) => report({ type: 'OrderRefunded', occurredAt, data }, by),
    cancel: (occurredAt, data, by) => report({ type: 'OrderCancelled', occurredAt, data }, by),
    complete: (occurredAt, data, by) => report({ type: 'OrderCompleted', occurredAt, data }, by),
  };
}

async function reportFact(ports: OrderPorts, fact: ReportedFact, by: string): Promise<OrderReport> {
  const { orderId } = fact.data;
  const refused: { as: OrderReport | null } = { as: null };
  const changed = await changeStream(
    { store: ports.store, now: ports.now, ids: () => '' },
    {
      stream: streams.order(orderId),
      by,
      idempotency: null,
      decide: async (facts) => {
        refused.as = await refusal(ports, fact, facts);
        const known = refused.as !== null || recordedTwin(facts, fact) !== undefined;
        return known ? [] : [eventOf(fact, ports.now())];
      },
    },
  );
  if (refused.as !== null) return refused.as;
  const { facts } = changed;
  const position = recordedTwin(facts, fact)?.position ?? changed.position;
  return { outcome: changed.written ? 'recorded' : 'repeated', orderId, position, facts };
}

async function refusal(
  ports: OrderPorts,
  fact: ReportedFact,
  facts: readonly Fact[],
): Promise<OrderReport | null> {
  const { orderId } = fact.data;
  const twin = recordedTwin(facts, fact);
  if (twin !== undefined) {
    const differences = contradictions(twin, fact);
    return differences.length === 0
      ? null
      : { outcome: 'conflict', orderId, type: fact.type, differences };
  }
  if (fact.type !== 'OrderAmended') return null;
  const lock = (await ports.lockOf?.(orderId)) ?? null;
  const isAfterLock = lock !== null && (fact.occurredAt ?? ports.now()) >= lock.lockedAt;
  return isAfterLock ? { outcome: 'amendment_after_lock', orderId, lock } : null;
}
