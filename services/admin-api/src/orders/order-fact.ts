import { countingFact, countingPlacing, newFact } from '@provisie/domain';
import type { EventPayload, Fact, FactOfType, Instant, NewFact } from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { differencesBetween } from './difference.ts';
import type { Difference } from './difference.ts';

export type OrderEventType =
  'OrderPlaced' | 'OrderAmended' | 'OrderRefunded' | 'OrderCancelled' | 'OrderCompleted';

/** What somebody says of an order. It says the same however often it is said. */
export type ReportedFact = {
  [Type in OrderEventType]: {
    readonly type: Type;
    /** Null: the teller doesn't know; when we heard of it first stands for it. */
    readonly occurredAt: Instant | null;
    readonly data: EventPayload<Type>;
  };
}[OrderEventType];

export type OrderFact = FactOfType<OrderEventType>;

export function isOrderFact(fact: Fact): fact is OrderFact {
  return (
    fact.type === 'OrderPlaced' ||
    fact.type === 'OrderAmended' ||
    fact.type === 'OrderRefunded' ||
    fact.type === 'OrderCancelled' ||
    fact.type === 'OrderCompleted'
  );
}

/** What makes two facts of an order tell of the same thing. */
export function keyOf(fact: Pick<ReportedFact, 'type' | 'data'>): readonly string[] {
  const { type, data } = fact;
  if ('refundId' in data) return [type, data.orderId, data.refundId];
  if ('amendmentId' in data) return [type, data.orderId, data.amendmentId];
  return [type, data.orderId];
}

/** The recorded fact that tells of the same thing; of several the one that counts (rule 13). */
export function recordedTwin(
  facts: readonly Fact[],
  reported: ReportedFact,
): OrderFact | undefined {
  const key = JSON.stringify(keyOf(reported));
  const counting = reported.type === 'OrderPlaced' ? countingPlacing : countingFact;
  return facts
    .filter(isOrderFact)
    .filter((fact) => JSON.stringify(keyOf(fact)) === key)
    .reduce<OrderFact | undefined>((counts, fact) => counting(counts, fact), undefined);
}

/** Where a report contradicts what was recorded of the same thing; empty for a repeat. */
export function contradictions(recorded: OrderFact, reported: ReportedFact): readonly Difference[] {
  const occurredAt = reported.occurredAt ?? recorded.occurredAt;
  return differencesBetween(contentOf(recorded), contentOf({ ...reported, occurredAt }));
}

/** As an event; its id follows from what it tells of. */
export function eventOf(reported: ReportedFact, now: Instant): NewFact<OrderEventType> {
  const { type, occurredAt, data } = reported;
  return newFact<OrderEventType>(type, {
    id: eventIdOf(...keyOf(reported)),
    occurredAt: occurredAt ?? now,
    data,
  });
}

/** In the words of the API; the newest state that the shop told of is not what the fact says. */
function contentOf(fact: Pick<ReportedFact, 'type' | 'data' | 'occurredAt'>): object {
  const { source, ...rest } = fact.data;
  const at = fact.occurredAt === null ? undefined : new Date(fact.occurredAt).toISOString();
  return {
    ...rest,
    ...(fact.type === 'OrderPlaced' ? { placedAt: at } : { occurredAt: at }),
    ...(source === undefined ? {} : { shopId: source.shopId, externalId: source.externalId }),
  };
}
