import type { Fact, FactOfType } from './event-catalogue.ts';
import type { ConsentSignal, Utm } from './events/touch-events.ts';
import type { Instant } from './instant.ts';

/** What the rules read of a click, a visit or an entered coupon. */
export interface TouchFact {
  readonly touchId: string;
  readonly kind: 'click' | 'visit' | 'coupon_entered';
  readonly visitorId: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  /** The link code of a click, or the `ref` of a visit (which may be no link). */
  readonly linkCode: string | null;
  readonly couponCode: string | null;
  /** The click that a visit's page was opened with. */
  readonly clickId: string | null;
  readonly utm: Utm | null;
  readonly bot: boolean;
  readonly consent: ConsentSignal;
  readonly country: string | null;
}

export interface IdentificationFact {
  readonly touchId: string;
  readonly visitorId: string;
  readonly customer: string;
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
}

export type TouchEventFact = FactOfType<'ClickRecorded' | 'VisitRecorded' | 'CouponEntered'>;
export type IdentificationEventFact = FactOfType<'VisitorIdentified'>;
export type AccessFact = FactOfType<
  | 'AccessKeyIssued'
  | 'AccessKeyRevoked'
  | 'ShopConnected'
  | 'ShopDisconnected'
  | 'RequestChangedNothing'
>;

/** Papers and procedure around payouts: no rule of attribution or commission reads them. */
export type FinanceFact = FactOfType<
  | 'DocumentIssued'
  | 'PayoutRunOpened'
  | 'PayoutRunApproved'
  | 'PayoutRunClosed'
  | 'PayoutRunPlanned'
  | 'PayoutSkipped'
  | 'PayoutRunExported'
  | 'MerchantDetailsChanged'
>;

/** Orders, programmes, partners, links, coupons, verdicts and payouts: few enough to keep as they are. */
export type EntityFact = Exclude<
  Fact,
  TouchEventFact | IdentificationEventFact | AccessFact | FinanceFact
>;

/**
 * What a decision is made of: a set. The order in which the facts stand here, and whether one stands here
 * twice, changes nothing; facts that have nothing to do with the order change nothing either.
 */
export interface Facts {
  readonly touches: readonly TouchFact[];
  readonly identifications: readonly IdentificationFact[];
  readonly entities: readonly EntityFact[];
}
