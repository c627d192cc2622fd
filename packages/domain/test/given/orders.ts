import type { Fact, Instant, OrderLine } from '../../src/index.ts';
import { PLACED, customerKey, recorded, uuid, visitorKey } from './moments.ts';

const oneLine = (amountCents: number): OrderLine[] => [{ lineId: '1', amountCents }];

interface Order {
  readonly id?: string;
  readonly at?: Instant;
  readonly customer?: string;
  readonly cents?: number;
  readonly currency?: string;
  readonly codes?: readonly string[];
  /** Null: the order names no visitor. */
  readonly visitor?: string | null;
  readonly clickId?: number;
  /** As of when a shop told of it. */
  readonly toldAt?: Instant;
}

export function order(given: Order = {}): Fact {
  const visitor = given.visitor === undefined ? 'eva' : given.visitor;
  const data = {
    orderId: given.id ?? 'o1',
    customer: customerKey(given.customer ?? 'eva'),
    currency: given.currency ?? 'EUR',
    lines: oneLine(given.cents ?? 100_000),
    couponCodes: [...(given.codes ?? [])],
    ...(visitor !== null && { visitorId: visitorKey(visitor) }),
    ...(given.clickId !== undefined && { clickId: uuid(given.clickId) }),
    ...(given.toldAt !== undefined && {
      source: { shopId: 'shop', externalId: '1', modifiedAt: given.toldAt },
    }),
  };
  return { type: 'OrderPlaced', ...recorded(given.at ?? PLACED), data };
}

export function amended(orderId: string, amendmentId: string, at: Instant, cents: number): Fact {
  const data = { orderId, amendmentId, lines: oneLine(cents) };
  return { type: 'OrderAmended', ...recorded(at), data };
}

export function refunded(orderId: string, refundId: string, at: Instant, cents: number): Fact {
  const data = { orderId, refundId, amountCents: cents };
  return { type: 'OrderRefunded', ...recorded(at), data };
}

export function cancelled(orderId: string, at: Instant): Fact {
  return { type: 'OrderCancelled', ...recorded(at), data: { orderId } };
}

export function completed(orderId: string, at: Instant): Fact {
  return { type: 'OrderCompleted', ...recorded(at), data: { orderId } };
}

export function rejected(orderId: string, partnerId: string, at: Instant, reason = 'fraud'): Fact {
  const data = { orderId, partnerId, reason, by: 'key-1' };
  return { type: 'CommissionRejected', ...recorded(at), data };
}

export function restored(orderId: string, partnerId: string, at: Instant): Fact {
  const data = { orderId, partnerId, reason: 'a mistake', by: 'key-1' };
  return { type: 'CommissionReinstated', ...recorded(at), data };
}
