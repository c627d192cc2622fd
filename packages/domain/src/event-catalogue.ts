import type * as z from 'zod';
import type { FactOf } from './event-definition.ts';
import { accessEvents } from './events/access-events.ts';
import { commissionEvents } from './events/commission-events.ts';
import { couponEvents } from './events/coupon-events.ts';
import { documentEvents } from './events/document-events.ts';
import { linkEvents } from './events/link-events.ts';
import { merchantEvents } from './events/merchant-events.ts';
import { orderEvents } from './events/order-events.ts';
import { partnerEvents } from './events/partner-events.ts';
import { payoutEvents } from './events/payout-events.ts';
import { payoutRunEvents } from './events/payout-run-events.ts';
import { programmeEvents } from './events/programme-events.ts';
import { touchEvents } from './events/touch-events.ts';
import type { Instant } from './instant.ts';

/** Every event type that was ever written, by name. */
export const eventCatalogue = {
  ...touchEvents,
  ...orderEvents,
  ...programmeEvents,
  ...partnerEvents,
  ...linkEvents,
  ...couponEvents,
  ...commissionEvents,
  ...payoutEvents,
  ...documentEvents,
  ...payoutRunEvents,
  ...merchantEvents,
  ...accessEvents,
} as const;

type Catalogue = typeof eventCatalogue;
export type EventType = keyof Catalogue;
export type EventPayload<Type extends EventType> = z.infer<Catalogue[Type]['schema']>;

/** Any event of the catalogue as the log returns it; discriminated by `type`. */
export type Fact = { [Type in EventType]: FactOf<Catalogue[Type]> }[EventType];
export type FactOfType<Type extends EventType> = Extract<Fact, { readonly type: Type }>;

/** An event of the catalogue before it is in the log. `id` is a UUID. */
export interface NewFact<Type extends EventType = EventType> {
  readonly id: string;
  readonly type: Type;
  readonly version: number;
  readonly occurredAt: Instant;
  readonly data: EventPayload<Type>;
}

/** Checks the payload against the schema of the version written now; throws a `ZodError` if it doesn't fit. */
export function newFact<Type extends EventType>(
  type: Type,
  fact: { readonly id: string; readonly occurredAt: Instant; readonly data: EventPayload<Type> },
): NewFact<Type> {
  const definition = eventCatalogue[type];
  if (!definition.isPlain(fact.data)) definition.schema.parse(fact.data);
  return {
    id: fact.id,
    type,
    version: definition.version,
    occurredAt: fact.occurredAt,
    data: fact.data,
  };
}

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventCatalogue, type);
}
