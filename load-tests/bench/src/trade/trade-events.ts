import {
  DEFAULT_TERMS,
  MILLISECONDS_PER_DAY,
  newFact,
  vatParts,
  vatRateBps,
  vatTreatmentOf,
  type EventPayload,
  type EventType,
  type NewFact,
} from '@provisie/domain';
import type { RecordedEvent } from '@provisie/event-store';
import {
  chance,
  couponOf,
  linkOf,
  linksOf,
  markOfWeek,
  OPENED_AT,
  partnerBehind,
  partnerIdOf,
  programmeOf,
  PROGRAMMES,
  momentOfWeek,
  startOfWeek,
  WEEK_MS,
  type TradeShape,
} from './trade-shape.ts';
import { clickedAt, orderOfWeek, type WeekOrder } from './week-orders.ts';

/** All of a week's orders are paid out so long after it began, and some refunds come later still. */
const PAID_AFTER_MS = 23 * MILLISECONDS_PER_DAY;
const LATE_AFTER_MS = 25 * MILLISECONDS_PER_DAY;
const CAMPAIGNS = ['spring', 'summer', 'autumn', 'winter', 'newsletter', 'video'];
const VISITS_EVERY = 5;
/** So many touches have the visitor of the touch before, seen again elsewhere. */
const AGAIN_EVERY = 50;

/** As a log would give them back, from `position` on; each is heard of at once. */
export function recordedFrom(position: number, facts: readonly NewFact[]): RecordedEvent[] {
  return facts.map((fact, index) => ({
    ...fact,
    metadata: {},
    stream: 'trade',
    revision: index,
    position: position + index,
    recordedAt: fact.occurredAt + 1000,
  }));
}

/** Programmes, partners, links and coupons. */
export function openingFacts({ partners }: TradeShape): NewFact[] {
  const facts: NewFact[] = [];
  const open = <Type extends EventType>(type: Type, data: EventPayload<Type>) => {
    facts.push(
      newFact(type, { id: uuid(facts.length, NO_WEEK, 0xff), occurredAt: OPENED_AT, data }),
    );
  };
  for (const programmeId of PROGRAMMES) {
    open('ProgrammeOpened', { programmeId, name: programmeId, hosts: ['shop.example'] });
    open('TermsPublished', {
      programmeId,
      termsVersion: 1,
      effectiveFrom: OPENED_AT,
      terms: DEFAULT_TERMS,
    });
  }
  const profile = { keyId: 'none', iv: 'AAAAAAAAAAAAAAAA', ciphertext: 'AAAA' };
  for (let partner = 0; partner < partners; partner += 1) {
    const partnerId = partnerIdOf(partner);
    open('PartnerApplied', { partnerId, profile, customerKeys: [] });
    open('PartnerApproved', { partnerId });
    for (let link = 0; link < linksOf(partner); link += 1) {
      const programmeId = programmeOf(partner, link);
      const code = linkOf(partner, link);
      open('LinkCreated', { code, programmeId, partnerId, destination: 'https://shop.example/' });
    }
    const programmeId = programmeOf(partner, 0);
    open('CouponIssued', { code: couponOf(partner), programmeId, partnerId });
  }
  return facts;
}

/** What happened to the orders of a week, by when it did. */
export function weekFacts(week: number, shape: TradeShape, isPaidOut: boolean): NewFact[] {
  const facts: NewFact[] = [...touchesOf(week, shape)];
  const orders = Array.from({ length: shape.ordersPerWeek }, (_, n) => orderOfWeek(week, n, shape));
  for (const order of orders) facts.push(...lifeOf(week, order, isPaidOut));
  if (isPaidOut) facts.push(...payoutsOf(week, orders));
  return facts.sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1));
}

/** What an id is of. */
const KIND = { click: 1, touch: 2, placed: 3, after: 4, scheduled: 5, paid: 6 } as const;

/** Stands in ids where those of a week have its mark. */
const NO_WEEK = '0000';

function uuid(n: number, mark: string, kind: number): string {
  return `${n.toString(16).padStart(8, '0')}-${mark}-7000-8000-${kind.toString(16).padStart(12, '0')}`;
}

const circumstances = { bot: false, consent: 'unknown', country: 'NL', device: 'mobile' } as const;

function* touchesOf(week: number, shape: TradeShape): Generator<NewFact> {
  const mark = markOfWeek(week);
  const touches = shape.ordersPerWeek * (shape.touchesPerOrder - 1);
  for (let n = 0; n < touches; n += 1) {
    const partner = partnerBehind(n, shape, 7);
    const code = linkOf(partner, Math.floor(linksOf(partner) * chance(n, 8)));
    const visitor = n % AGAIN_EVERY === 1 ? n - 1 : n;
    const touchId = uuid(n, mark, KIND.touch);
    const occurredAt = momentOfWeek(week, Math.floor((n * WEEK_MS) / touches));
    const fact = { id: touchId, occurredAt };
    const data = {
      touchId,
      visitorId: `passer-${mark}-${String(visitor).padStart(7, '0')}`,
      utm: { source: 'instagram', campaign: CAMPAIGNS[n % CAMPAIGNS.length] ?? '' },
      ...circumstances,
    };
    yield n % VISITS_EVERY === 0
      ? newFact('VisitRecorded', { ...fact, data: { ...data, ref: code } })
      : newFact('ClickRecorded', { ...fact, data: { ...data, linkCode: code } });
  }
}

function* lifeOf(week: number, order: WeekOrder, isPaidOut: boolean): Generator<NewFact> {
  const { n, orderId, placedAt, visitorId, came, partner, fate, refundCents } = order;
  const mark = markOfWeek(week);
  const touchId = uuid(n, mark, KIND.click);
  const clicked = came === 'by_click' ? { clickId: touchId, visitorId } : {};
  if (came === 'by_click') {
    const linkCode = linkOf(partner, order.link);
    const data = { touchId, linkCode, visitorId, ...circumstances };
    yield newFact('ClickRecorded', { id: touchId, occurredAt: clickedAt(week, order), data });
  }
  yield newFact('OrderPlaced', {
    id: uuid(n, mark, KIND.placed),
    occurredAt: placedAt,
    data: {
      orderId,
      customer: order.customer,
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: order.amountCents }],
      couponCodes: came === 'by_coupon' ? [couponOf(partner)] : [],
      ...clicked,
    },
  });
  const after = (days: number) => ({
    id: uuid(n, mark, KIND.after),
    occurredAt: placedAt + days * MILLISECONDS_PER_DAY,
  });
  const refund = { orderId, refundId: `refund-${mark}-${n}`, amountCents: refundCents };
  switch (fate) {
    case 'kept':
      return;
    case 'refunded':
      yield newFact('OrderRefunded', { ...after(3), data: refund });
      return;
    case 'cancelled':
      yield newFact('OrderCancelled', { ...after(2), data: { orderId } });
      return;
    case 'rejected': {
      const data = { orderId, partnerId: partnerIdOf(partner), reason: 'not new', by: 'bench' };
      if (came !== 'by_itself') yield newFact('CommissionRejected', { ...after(4), data });
      return;
    }
    case 'refunded_after_payout': {
      const late = { id: after(0).id, occurredAt: startOfWeek(week) + LATE_AFTER_MS };
      if (isPaidOut) yield newFact('OrderRefunded', { ...late, data: refund });
    }
  }
}

/** One for each partner to whom anything is due. */
function* payoutsOf(week: number, orders: readonly WeekOrder[]): Generator<NewFact> {
  const mark = markOfWeek(week);
  const due = Map.groupBy(
    orders.filter(({ dueCents }) => dueCents > 0),
    ({ partner }) => partner,
  );
  for (const [partner, theirs] of due) {
    const lines = theirs.map((order) => payoutLine(order, mark));
    const at = startOfWeek(week) + PAID_AFTER_MS;
    const payout = { payoutId: `payout-${mark}-${partner}`, partnerId: partnerIdOf(partner) };
    const treatment = vatTreatmentOf('private_person');
    const rateBps = vatRateBps(treatment, at);
    const vat = vatParts(lines.map(({ amountCents }) => ({ amountCents, treatment, rateBps })));
    const amountCents = lines.reduce((sum, line) => sum + line.amountCents, 0);
    yield newFact('PayoutScheduled', {
      id: uuid(partner, mark, KIND.scheduled),
      occurredAt: at,
      data: {
        ...payout,
        runId: `run-${mark}-1`,
        currency: 'EUR',
        amountCents,
        vat: [...vat],
        totalCents: vat.reduce((sum, part) => sum + part.vatCents, amountCents),
        taxProfile: 'private_person',
        payoutDetailsId: uuid(partner, NO_WEEK, 0xfe),
        lines,
      },
    });
    const paidAt = at + MILLISECONDS_PER_DAY;
    const id = uuid(partner, mark, KIND.paid);
    yield newFact('PayoutPaid', { id, occurredAt: paidAt, data: payout });
  }
}

function payoutLine({ n, orderId, came, partner, programmeId, dueCents }: WeekOrder, mark: string) {
  const touchId = came === 'by_coupon' ? `coupon:${couponOf(partner)}` : uuid(n, mark, KIND.click);
  return { orderId, programmeId, termsVersion: 1, touchId, amountCents: dueCents };
}
