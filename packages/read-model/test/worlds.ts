import * as fc from 'fast-check';
import * as make from './events.ts';
import { day, type Written } from './events.ts';

/**
 * Logs of small worlds in which everything meets: few visitors, customers, partners, links, coupons and orders,
 * and every kind of event in any order, late, early and twice.
 */
const moment = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 2 }))
  .map(([days, ms]) => day(days * 4, ms));
const one = (...names: string[]) => fc.constantFrom(...names);
/** Orders come later than most touches. */
const placing = fc
  .tuple(fc.integer({ min: 15, max: 40 }), fc.integer({ min: 0, max: 2 }))
  .map(([days, ms]) => day(days * 4, ms));
const programmeId = one('affiliate', 'affiliate', 'agents');
const partnerId = one('ann', 'bob', 'cas');
const linkCode = one('ann-link', 'bob-link', 'cas-link', 'new-link');
const couponCode = one('ANN10', 'BOB10', 'NEW10');
const visitorName = one('v1', 'v2', 'v3');
const customerName = one('c1', 'c1', 'c2', 'ann');
const orderId = one('o-1', 'o-2', 'o-3', 'o-4');
const payoutId = one('p-1', 'p-2', 'p-3');
const cents = fc.integer({ min: 0, max: 100_000 });
const touchName = one('t1', 't2', 't3', 't4', 't5', 't6');
const utm = one('spring', 'summer').map((campaign) => ({ source: 'blog', campaign }));
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const touchEvent: fc.Arbitrary<Written> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(visitorName, linkCode, moment, maybe(touchName), fc.boolean(), maybe(utm))
      .map(([who, code, at, touch, rare, utm]) =>
        make.click(who, code, at, {
          bot: rare && at % 5 === 0,
          ...(touch === undefined ? {} : { touch }),
          ...(utm === undefined ? {} : { utm }),
        }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(visitorName, moment, maybe(linkCode), maybe(touchName), maybe(touchName), maybe(utm))
      .map(([who, at, ref, touch, opener, utm]) =>
        make.visit(who, at, {
          ...(ref === undefined ? {} : { ref }),
          ...(touch === undefined ? {} : { touch }),
          ...(opener === undefined ? {} : { clickId: make.uuid(opener) }),
          ...(utm === undefined ? {} : { utm }),
        }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(visitorName, couponCode, moment)
      .map(([who, code, at]) => make.entered(who, code, at)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(visitorName, customerName, moment, maybe(touchName))
      .map(([who, as, at, touch]) => make.identified(who, as, at, touch)),
  },
);

const orderEvent: fc.Arbitrary<Written> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(
        orderId,
        customerName,
        placing,
        cents,
        fc.array(couponCode, { maxLength: 2 }),
        maybe(visitorName),
        maybe(touchName),
        maybe(moment),
      )
      .map(([id, as, at, amountCents, codes, visitor, touch, toldAt]) =>
        make.order(id, as, at, {
          amountCents,
          codes: amountCents % 3 === 0 ? codes : [],
          ...(visitor === undefined ? {} : { visitor }),
          ...(touch === undefined ? {} : { clickId: make.uuid(touch) }),
          ...(toldAt === undefined ? {} : { toldAt }),
        }),
      ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(orderId, one('r-1', 'r-2'), moment, cents)
      .map(([id, refundId, at, amount]) => make.refund(id, refundId, at, amount)),
  },
  { weight: 1, arbitrary: fc.tuple(orderId, moment).map(([id, at]) => make.cancelled(id, at)) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(orderId, moment)
      .map(([id, at]) => make.event('OrderCompleted', at, { orderId: id })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(orderId, one('a-1', 'a-2'), moment, cents).map(([id, amendmentId, at, c]) =>
      make.event('OrderAmended', at, {
        orderId: id,
        amendmentId,
        lines: [{ lineId: '1', amountCents: c }],
      }),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(orderId, partnerId, moment, fc.boolean())
      .map(([id, partner, at, rejects]) =>
        make.event(rejects ? 'CommissionRejected' : 'CommissionReinstated', at, {
          orderId: id,
          partnerId: partner,
          reason: 'because',
          by: 'key',
        }),
      ),
  },
);

const standing = fc
  .tuple(
    one('PartnerApproved', 'PartnerSuspended', 'PartnerReinstated', 'PartnerApplied', 'Profile'),
    partnerId,
    moment,
    customerName,
  )
  .map(([type, partner, at, as]) => {
    if (type === 'PartnerApproved') return make.approved(partner, at);
    if (type === 'PartnerApplied') return make.applied(partner, at, [make.customer(as)]);
    if (type === 'Profile') {
      const { data } = make.applied(partner, at, [make.customer(as)]).event;
      return changed(data, at);
    }
    const data = { partnerId: partner, reason: 'because' };
    return type === 'PartnerSuspended'
      ? make.event('PartnerSuspended', at, data)
      : make.event('PartnerReinstated', at, data);
  });

function changed(data: object, at: number): Written {
  const written = make.approved('x', at);
  return { ...written, event: { ...written.event, type: 'PartnerProfileChanged', data } };
}

const affairs = fc
  .tuple(
    one('Details', 'SelfBillingAgreed', 'SelfBillingEnded', 'ReviewOpened', 'ReviewClosed'),
    partnerId,
    moment,
  )
  .map(([type, partner, at]) => {
    const data = { partnerId: partner, reason: 'because' };
    switch (type) {
      case 'Details':
        return make.payoutDetails(partner, at, at % 2 === 0 ? 'nl_business' : 'private_person');
      case 'SelfBillingAgreed':
        return make.event('SelfBillingAgreed', at, {
          partnerId: partner,
          agreement: `2026-${at % 3}`,
          recordedFor: 'partner',
        });
      case 'SelfBillingEnded':
        return make.event('SelfBillingEnded', at, data);
      case 'ReviewOpened':
        return make.event('PartnerReviewOpened', at, data);
      default:
        return make.event('PartnerReviewClosed', at, data);
    }
  });

const ruleEvent: fc.Arbitrary<Written> = fc.oneof(
  standing,
  affairs,
  fc
    .tuple(
      programmeId,
      fc.integer({ min: 1, max: 3 }),
      moment,
      moment,
      fc.integer({ min: 0, max: 5 }),
    )
    .map(([id, version, from, at, variant]) =>
      make.terms(
        id,
        version,
        from,
        {
          windowDays: [7, 30, 90][variant % 3] ?? 90,
          precedence: variant % 2 === 0 ? 'coupon' : 'link',
          holdFrom: variant === 5 ? 'completed' : 'placed',
          reward: {
            kind: 'percentage',
            rateBps: 1000 + variant * 100,
            scope: [
              { orders: 'first_order' as const },
              { orders: 'every_order' as const },
              { orders: 'first_n_orders' as const, count: 2 },
            ][variant % 3] ?? { orders: 'first_order' },
          },
        },
        at,
      ),
    ),
  fc.tuple(programmeId, moment).map(([id, at]) => make.programme(id, at)),
  fc
    .tuple(programmeId, moment)
    .map(([id, at]) => make.event('ProgrammeClosed', day(100) + (at % 7), { programmeId: id })),
  fc
    .tuple(linkCode, partnerId, moment, programmeId, maybe(utm))
    .map(([code, partner, at, id, utm]) =>
      make.link(code, partner, at, { programmeId: id, ...(utm === undefined ? {} : { utm }) }),
    ),
  fc.tuple(linkCode, moment).map(([code, at]) => make.event('LinkDisabled', at, { code })),
  fc
    .tuple(couponCode, partnerId, moment, programmeId)
    .map(([code, partner, at, id]) => make.coupon(code, partner, at, id)),
  fc.tuple(couponCode, moment).map(([code, at]) => make.event('CouponWithdrawn', at, { code })),
);

const taxProfile = fc.constantFrom('private_person' as const, 'nl_business', 'eu_business');
const signedCents = fc.integer({ min: -20_000, max: 100_000 });

/** Lines of a payout that may name anything, but never come to less than nothing: no such payout can be written. */
const payoutLines = fc
  .array(fc.tuple(orderId, touchName, signedCents, fc.integer({ min: 1, max: 2 })), {
    minLength: 1,
    maxLength: 3,
  })
  .map((lines) => {
    const sum = lines.reduce((total, [, , cents]) => total + cents, 0);
    return lines.map(([id, touch, cents, termsVersion]) => ({
      orderId: id,
      touchId: make.uuid(touch),
      amountCents: sum < 0 ? -cents : cents,
      termsVersion,
    }));
  });

const payoutEvent: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(payoutId, partnerId, moment, payoutLines, taxProfile)
    .map(([id, partner, at, lines, taxProfile]) =>
      make.scheduled(id, partner, at, lines, { taxProfile }),
    ),
  fc
    .tuple(
      one('PayoutPaid', 'PayoutFailed', 'PayoutCancelled', 'PayoutExported'),
      payoutId,
      partnerId,
      moment,
    )
    .map(([type, id, partner, at]) => {
      const data = { payoutId: id, partnerId: partner };
      switch (type) {
        case 'PayoutPaid':
          return make.event('PayoutPaid', at, data);
        case 'PayoutFailed':
          return make.event('PayoutFailed', at, { ...data, reason: 'bank' });
        case 'PayoutCancelled':
          return make.event('PayoutCancelled', at, { ...data, reason: 'mistake' });
        default:
          return make.event('PayoutExported', at, { ...data, attempt: 1 });
      }
    }),
  fc
    .tuple(one('w-1', 'w-2'), partnerId, moment, signedCents, orderId)
    .map(([id, partner, at, c, order]) =>
      make.writtenOff(id, partner, at, [{ orderId: order, amountCents: c }]),
    ),
);

const financeEvent: fc.Arbitrary<Written> = fc
  .tuple(
    fc.constantFrom(
      (id: string, at: number) => make.runOpened(id, at, 1 + (at % 2)),
      make.runApproved,
      make.runClosed,
      make.runPlanned,
      make.runExported,
      (id: string, at: number) => make.payoutSkipped(id, at),
      (id: string, at: number) => make.merchant(`Merchant ${id} BV`, at),
    ),
    one('run-1', 'run-2'),
    moment,
  )
  .map(([of, id, at]) => of(id, at));

/** Payouts that are like no other, so that the documents about them can add up. */
const documented = fc
  .tuple(partnerId, moment, payoutLines, taxProfile)
  .map(([partner, at, lines, taxProfile]) => {
    const content = JSON.stringify([partner, at, lines, taxProfile]);
    const id = make.uuid(content).replaceAll('-', '').slice(0, 30);
    return { partner, at, payout: make.scheduled(id, partner, at, lines, { taxProfile }), id };
  });

function withDocuments(
  payouts: readonly {
    readonly partner: string;
    readonly at: number;
    readonly payout: Written;
    readonly id: string;
  }[],
): Written[] {
  const issued = new Map<string, number>();
  return payouts.flatMap(({ partner, at, payout, id }) => {
    const count = (issued.get(partner) ?? 0) + 1;
    issued.set(partner, count);
    const number = `${partner}-S${String(count).padStart(4, '0')}`;
    return [
      payout,
      make.event('PayoutExported', at, { payoutId: id, partnerId: partner, attempt: 1 }),
      make.document(payout, number, 'payout_statement', make.totalOf(payout)),
    ];
  });
}

const anything = fc.oneof(
  { weight: 8, arbitrary: touchEvent },
  { weight: 5, arbitrary: orderEvent },
  { weight: 2, arbitrary: ruleEvent },
  { weight: 3, arbitrary: payoutEvent },
  { weight: 1, arbitrary: financeEvent },
);

export interface World {
  readonly events: readonly Written[];
  readonly batchSizes: readonly number[];
}

/**
 * Facts repeated in another stream: the same content under another event id, or under the same one, as it may
 * happen on a store that knows ids within a stream only.
 */
function withRepeats(events: readonly Written[], repeated: readonly number[]): Written[] {
  const again = repeated.flatMap((pick) => {
    const original = events[pick % Math.max(1, events.length)];
    if (original === undefined) return [];
    const { id: ofOriginal } = original.event;
    const id = pick % 2 === 0 ? ofOriginal : make.uuid(`again ${ofOriginal} ${pick}`);
    return [{ stream: 'again', event: { ...original.event, id } }];
  });
  return [...events, ...again];
}

export const worlds: fc.Arbitrary<World> = fc
  .tuple(
    fc.array(anything, { minLength: 10, maxLength: 60, size: 'max' }),
    fc.array(fc.nat(100), { maxLength: 4 }),
    fc.boolean(),
    fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 5 }),
    fc.uniqueArray(documented, { maxLength: 3, selector: ({ id }) => id }),
  )
  .chain(([events, repeated, isTidy, batchSizes, payouts]) => {
    const happened = withRepeats([...events, ...withDocuments(payouts)], repeated);
    const setUp = make.smallProgramme();
    const arrival = isTidy
      ? fc.constant([...setUp, ...happened])
      : fc.shuffledSubarray([...setUp, ...happened], {
          minLength: setUp.length + happened.length,
        });
    return arrival.map((events) => ({ events, batchSizes }));
  });
