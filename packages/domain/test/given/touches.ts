import type { Fact, Instant, Utm } from '../../src/index.ts';
import { customerKey, recorded, uuid, visitorKey } from './moments.ts';

interface Circumstances {
  readonly visitor?: string;
  readonly bot?: boolean;
  readonly consent?: 'granted' | 'denied' | 'unknown';
  readonly country?: string;
}

const circumstances = (given: Circumstances) => ({
  visitorId: visitorKey(given.visitor ?? 'eva'),
  bot: given.bot ?? false,
  consent: given.consent ?? 'granted',
  ...(given.country !== undefined && { country: given.country }),
});

export function click(
  number: number,
  linkCode: string,
  at: Instant,
  given: Circumstances = {},
): Fact {
  const data = { touchId: uuid(number), linkCode, ...circumstances(given) };
  return { type: 'ClickRecorded', ...recorded(at), data };
}

export function visit(
  number: number,
  at: Instant,
  given: Circumstances & { ref?: string; utm?: Utm; clickId?: number } = {},
): Fact {
  const data = {
    touchId: uuid(number),
    ...(given.ref !== undefined && { ref: given.ref }),
    ...(given.utm !== undefined && { utm: given.utm }),
    ...(given.clickId !== undefined && { clickId: uuid(given.clickId) }),
    ...circumstances(given),
  };
  return { type: 'VisitRecorded', ...recorded(at), data };
}

export function entered(
  number: number,
  couponCode: string,
  at: Instant,
  given: Circumstances = {},
): Fact {
  const data = { touchId: uuid(number), couponCode, ...circumstances(given) };
  return { type: 'CouponEntered', ...recorded(at), data };
}

export function identified(number: number, visitor: string, customer: string, at: Instant): Fact {
  const data = {
    touchId: uuid(number),
    visitorId: visitorKey(visitor),
    customer: customerKey(customer),
    consent: 'granted' as const,
  };
  return { type: 'VisitorIdentified', ...recorded(at), data };
}
