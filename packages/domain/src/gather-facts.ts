import type { Fact } from './event-catalogue.ts';
import { accessEvents } from './events/access-events.ts';
import { documentEvents } from './events/document-events.ts';
import { merchantEvents } from './events/merchant-events.ts';
import { payoutRunEvents } from './events/payout-run-events.ts';
import type {
  AccessFact,
  EntityFact,
  Facts,
  FinanceFact,
  IdentificationEventFact,
  IdentificationFact,
  TouchEventFact,
  TouchFact,
} from './facts.ts';

/** Sorts events of the log into what the rules read; access keys, shops and papers are left out. */
export function gatherFacts(facts: Iterable<Fact>): Facts {
  const touches: TouchFact[] = [];
  const identifications: IdentificationFact[] = [];
  const entities: EntityFact[] = [];
  for (const fact of facts) {
    if (isAccessFact(fact) || isFinanceFact(fact)) continue;
    if (fact.type === 'VisitorIdentified') identifications.push(identificationFactOf(fact));
    else if (isTouchFact(fact)) touches.push(touchFactOf(fact));
    else entities.push(fact);
  }
  return { touches, identifications, entities };
}

function isAccessFact(fact: Fact): fact is AccessFact {
  return Object.hasOwn(accessEvents, fact.type);
}

const FINANCE = { ...documentEvents, ...payoutRunEvents, ...merchantEvents };

export function isFinanceFact(fact: Fact): fact is FinanceFact {
  return Object.hasOwn(FINANCE, fact.type);
}

function isTouchFact(fact: Fact): fact is TouchEventFact {
  return (
    fact.type === 'ClickRecorded' || fact.type === 'VisitRecorded' || fact.type === 'CouponEntered'
  );
}

/** What the rules read of a touch. */
export function touchFactOf(fact: TouchEventFact): TouchFact {
  return {
    touchId: fact.data.touchId,
    visitorId: fact.data.visitorId,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
    bot: fact.data.bot,
    consent: fact.data.consent,
    country: fact.data.country ?? null,
    ...whatItNames(fact),
  };
}

const NAMES_NOTHING = { linkCode: null, couponCode: null, clickId: null, utm: null };

function whatItNames(
  fact: TouchEventFact,
): Pick<TouchFact, 'kind' | 'linkCode' | 'couponCode' | 'clickId' | 'utm'> {
  if (fact.type === 'CouponEntered') {
    return { ...NAMES_NOTHING, kind: 'coupon_entered', couponCode: fact.data.couponCode };
  }
  const utm = fact.data.utm ?? null;
  if (fact.type === 'ClickRecorded') {
    return { ...NAMES_NOTHING, kind: 'click', linkCode: fact.data.linkCode, utm };
  }
  const { ref, clickId } = fact.data;
  return { ...NAMES_NOTHING, kind: 'visit', linkCode: ref ?? null, clickId: clickId ?? null, utm };
}

/** What the rules read of an identification. */
export function identificationFactOf(fact: IdentificationEventFact): IdentificationFact {
  return {
    touchId: fact.data.touchId,
    visitorId: fact.data.visitorId,
    customer: fact.data.customer,
    occurredAt: fact.occurredAt,
    recordedAt: fact.recordedAt,
  };
}
