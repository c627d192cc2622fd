import * as fc from 'fast-check';
import type { Fact, Instant, Terms } from '../src/index.ts';
import { DEFAULT_TERMS } from '../src/index.ts';
import * as given from './given.ts';
import { DAY, PLACED, START, day } from './given.ts';

/**
 * Whole little worlds: two programmes, three partners, links, coupons, and a throng of facts about a few
 * customers' orders. Ids and moments come from small pools, so that facts meet, repeat and contradict.
 * `tag` sets the ids apart from those of another world.
 */
export function world(tag = ''): fc.Arbitrary<readonly Fact[]> {
  const ids = pools(tag);
  const placings = fc.tuple(...ids.orders.map((orderId) => orderPlaced(ids, pick([orderId]))));
  const happenings = fc.array(happening(ids), { minLength: 6, maxLength: 30, size: 'max' });
  return fc
    .tuple(setting(ids), placings, happenings)
    .map(([setting, placings, happenings]) => setting.concat(placings, happenings));
}

export const ORDER_IDS = ['o1', 'o2', 'o3'];

interface Pools {
  readonly programmes: readonly [string, string];
  readonly partners: readonly [string, string, string];
  readonly links: readonly string[];
  readonly coupons: readonly string[];
  readonly orders: readonly string[];
  readonly customers: readonly string[];
  readonly visitors: readonly string[];
  readonly payouts: readonly string[];
  readonly touches: readonly number[];
  readonly sources: readonly string[];
}

function pools(tag: string): Pools {
  const firstTouch = tag.length * 1000;
  return {
    programmes: [`${tag}affiliate`, `${tag}referral`],
    partners: [`${tag}anna`, `${tag}bram`, `${tag}cleo`],
    links: ['anna', 'bram', 'cleo', 'anna-2'].map((code) => tag + code),
    coupons: ['ANNA', 'BRAM', 'CLEO'].map((code) => tag.toUpperCase() + code),
    orders: ORDER_IDS.map((orderId) => tag + orderId),
    customers: [`${tag}eva`, `${tag}finn`],
    visitors: [`${tag}eva`, `${tag}finn`, `${tag}eva-phone`],
    payouts: [`${tag}p1`, `${tag}p2`, `${tag}p3`],
    touches: Array.from({ length: 12 }, (_, index) => firstTouch + index + 1),
    sources: [`${tag}mail`, `${tag}blog`],
  };
}

/** The first as often as all the others. */
const mostly = <Value>(values: readonly Value[]) =>
  fc.oneof(pick(values.slice(0, 1)), pick(values.slice(1)));

const pick = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

/** Around a placing, and around the window and the hold that hang on it. */
const moment: fc.Arbitrary<Instant> = fc
  .record({
    placed: pick([PLACED, PLACED + 1, PLACED + 20 * DAY]),
    offset: pick([-90, -30, -20, -10, -2, -1, 0, 0, 1, 14, 30, 60].map((days) => days * DAY)),
    nudge: pick([-1, 0, 0, 0, 1]),
  })
  .map(({ placed, offset, nudge }) => placed + offset + nudge);

const earlyMoment = fc.oneof({ weight: 4, arbitrary: fc.constant(START) }, moment);

const scope: fc.Arbitrary<Terms['reward']['scope']> = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ orders: 'first_order' as const }) },
  fc.constant({ orders: 'every_order' as const }),
  pick([2, 3]).map((count) => ({ orders: 'first_n_orders' as const, count })),
);

const reward: fc.Arbitrary<Terms['reward']> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('percentage' as const),
      rateBps: pick([0, 1, 333, 1000, 1000, 10_000]),
      scope,
    }),
  },
  fc.record({ kind: fc.constant('fixed' as const), amountCents: pick([0, 5000, 7000]), scope }),
);

const terms: fc.Arbitrary<Terms> = fc.record({
  currency: fc.oneof({ weight: 9, arbitrary: fc.constant('EUR') }, fc.constant('USD')),
  reward,
  windowDays: pick([30, 90]),
  precedence: pick(['coupon', 'link'] as const),
  commissionBase: fc.constant('net_lines' as const),
  holdDays: pick([0, 14]),
  holdFrom: pick(['placed', 'placed', 'completed'] as const),
  payoutThresholdCents: pick([2000, 5000]),
  payoutSchedule: fc.constant({ kind: 'on_demand' as const }),
  minimumCustomers: fc.constant(0),
  consent: fc.oneof(
    { weight: 3, arbitrary: fc.constant(DEFAULT_TERMS.consent) },
    fc.constant({ default: 'required' as const, countries: { NL: 'off' as const } }),
  ),
});

function setting(ids: Pools): fc.Arbitrary<readonly Fact[]> {
  const [affiliate, referral] = ids.programmes;
  const [anna, bram, cleo] = ids.partners;
  const links = ids.links.map((code, index) =>
    given.link(code, ids.partners[index % 3] ?? anna, {
      programme: index === 2 ? referral : affiliate,
      utm: { source: ids.sources[index % 2] ?? '' },
    }),
  );
  const coupons = ids.coupons.map((code, index) =>
    given.coupon(code, ids.partners[index % 3] ?? anna, {
      programme: index === 1 ? referral : affiliate,
    }),
  );
  const partners = [given.partner(anna), given.partner(bram, [ids.customers[1] ?? ''])].flat();
  return fc
    .tuple(terms, terms, earlyMoment, earlyMoment)
    .map(([first, second, publishedAt, cleoAt]) =>
      partners.concat(links, coupons, [
        given.opened(affiliate),
        given.published(affiliate, 1, START, first, publishedAt),
        given.opened(referral),
        given.published(referral, 1, START, second),
        given.applied(cleo, cleoAt),
        given.approved(cleo),
      ]),
    );
}

const cents = pick([0, 1, 999, 5050, 60_000, 123_456, 200_000]);

function orderPlaced(ids: Pools, id = pick(ids.orders)): fc.Arbitrary<Fact> {
  return fc
    .record({
      id,
      at: pick([PLACED, PLACED, PLACED + 1, PLACED + 20 * DAY]),
      customer: mostly(ids.customers),
      cents,
      codes: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        fc.array(pick([...ids.coupons, ids.coupons[0]?.toLowerCase() ?? '', 'SHOP5']), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      visitor: fc.oneof({ weight: 4, arbitrary: mostly(ids.visitors) }, fc.constant(null)),
      clickId: pick(ids.touches),
      toldAt: fc.option(moment, { nil: undefined }),
    })
    .map(({ toldAt, ...rest }) =>
      given.order({ ...rest, ...(toldAt !== undefined && { toldAt }) }),
    );
}

function happening(ids: Pools): fc.Arbitrary<Fact> {
  return fc.oneof(
    { weight: 12, arbitrary: touch(ids) },
    { weight: 6, arbitrary: orderChange(ids) },
    { weight: 4, arbitrary: payoutStep(ids) },
    { weight: 2, arbitrary: verdict(ids) },
    { weight: 3, arbitrary: change(ids) },
  );
}

function touch(ids: Pools): fc.Arbitrary<Fact> {
  const circumstances = {
    visitor: mostly(ids.visitors),
    bot: rarely,
    consent: pick(['granted', 'granted', 'unknown', 'denied'] as const),
    country: pick(['NL', 'DE']),
  };
  const number = pick(ids.touches);
  return fc.oneof(
    fc
      .tuple(number, pick(ids.links), moment, fc.record(circumstances))
      .map((parts) => given.click(...parts)),
    fc
      .tuple(
        number,
        moment,
        fc.record(
          {
            ...circumstances,
            ref: pick([...ids.links, 'newsletter']),
            utm: pick(ids.sources).map((source) => ({ source })),
            clickId: number,
          },
          { requiredKeys: ['visitor', 'bot', 'consent', 'country'] },
        ),
      )
      .map((parts) => given.visit(...parts)),
    fc
      .tuple(number, pick(ids.coupons), moment, fc.record(circumstances))
      .map((parts) => given.entered(...parts)),
    fc
      .tuple(number, pick(ids.visitors), pick(ids.customers), moment)
      .map((parts) => given.identified(...parts)),
  );
}

const rarely = fc.oneof(
  { weight: 8, arbitrary: fc.constant(false) },
  { weight: 1, arbitrary: fc.constant(true) },
);

function orderChange(ids: Pools): fc.Arbitrary<Fact> {
  const orderId = pick(ids.orders);
  return fc.oneof(
    orderPlaced(ids),
    fc.tuple(orderId, pick(['a1', 'a2']), moment, cents).map((parts) => given.amended(...parts)),
    fc.tuple(orderId, pick(['r1', 'r2']), moment, cents).map((parts) => given.refunded(...parts)),
    fc.tuple(orderId, moment).map((parts) => given.cancelled(...parts)),
    fc.tuple(orderId, moment).map((parts) => given.completed(...parts)),
  );
}

function payoutStep(ids: Pools): fc.Arbitrary<Fact> {
  const payoutId = pick(ids.payouts);
  const partnerId = pick(ids.partners);
  const line = fc.record({
    order: pick(ids.orders),
    programme: pick(ids.programmes),
    terms: pick([1, 1, 2]),
    touch: fc.oneof(
      pick<number | string>(ids.touches),
      pick(ids.coupons.map((code) => `coupon:${code}`)),
    ),
    cents: pick([100, 5000]),
  });
  const lines = fc.array(line, { minLength: 1, maxLength: 2 });
  return fc.oneof(
    {
      weight: 4,
      arbitrary: fc
        .tuple(payoutId, partnerId, moment, lines)
        .map((parts) => given.scheduled(...parts)),
    },
    fc.tuple(payoutId, partnerId, moment).map((parts) => given.paid(...parts)),
    fc.tuple(payoutId, partnerId, moment).map((parts) => given.failed(...parts)),
    fc.tuple(payoutId, partnerId, moment).map((parts) => given.payoutCancelled(...parts)),
  );
}

function verdict(ids: Pools): fc.Arbitrary<Fact> {
  const parts = fc.tuple(pick(ids.orders), pick(ids.partners), moment);
  return fc.oneof(
    fc
      .tuple(parts, pick(['fraud', 'no contract']))
      .map(([about, reason]) => given.rejected(...about, reason)),
    parts.map((about) => given.restored(...about)),
  );
}

/** Of programmes, partners, links and coupons. */
function change(ids: Pools): fc.Arbitrary<Fact> {
  const programmeId = pick(ids.programmes);
  const partnerId = pick(ids.partners);
  return fc.oneof(
    fc
      .tuple(programmeId, pick([1, 2, 3]), moment, terms, earlyMoment)
      .map((parts) => given.published(...parts)),
    fc.tuple(programmeId, moment).map((parts) => given.closed(...parts)),
    fc.tuple(partnerId, moment).map((parts) => given.suspended(...parts)),
    fc.tuple(partnerId, moment).map((parts) => given.reinstated(...parts)),
    fc
      .tuple(partnerId, moment, fc.subarray([...ids.customers]))
      .map((parts) => given.profileChanged(...parts)),
    fc.tuple(pick(ids.links), moment).map((parts) => given.disabled(...parts)),
    fc
      .record({ code: pick(ids.links), partner: partnerId, programme: programmeId, at: moment })
      .map(({ code, partner, ...registered }) => given.link(code, partner, registered)),
    fc.tuple(pick(ids.coupons), moment).map((parts) => given.withdrawn(...parts)),
    fc
      .record({ code: pick(ids.coupons), partner: partnerId, programme: programmeId, at: moment })
      .map(({ code, partner, ...issued }) => given.coupon(code, partner, issued)),
  );
}

/** Moments at which something changes in these facts, and the milliseconds beside them. */
export function breakpoints(facts: readonly Fact[]): readonly Instant[] {
  const moments = new Set<Instant>([day(0)]);
  for (const { occurredAt } of facts) {
    for (const at of [occurredAt, occurredAt + 14 * DAY]) {
      moments
        .add(at - 1)
        .add(at)
        .add(at + 1);
    }
  }
  return [...moments];
}
