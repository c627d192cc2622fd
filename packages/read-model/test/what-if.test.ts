import type { ChangedTerms, Instant } from '@provisie/domain';
import { streams } from '@provisie/domain';
import type { EventStore, RecordedEvent } from '@provisie/event-store';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { whatIf, type OrderDifference, type WhatIf } from '../src/index.ts';
import {
  approved,
  click,
  coupon,
  day,
  event,
  link,
  order,
  programme,
  recorded,
  refund,
  scheduled,
  terms,
  uuid,
  type Written,
} from './events.ts';
import { logInMemory } from './logs.ts';
import { worlds } from './worlds.ts';

/** What the log holds of the programme, also as the stream of it. */
function logOf(events: readonly RecordedEvent[]): EventStore {
  return {
    ...logInMemory(events),
    async *readStream(stream) {
      for (const event of events) if (programmeOf(event) === stream) yield event;
    },
  };
}

function programmeOf({ type, data }: RecordedEvent): string | null {
  const isOfProgramme =
    type === 'ProgrammeOpened' || type === 'TermsPublished' || type === 'ProgrammeClosed';
  if (!isOfProgramme || typeof data !== 'object' || data === null) return null;
  return 'programmeId' in data ? streams.programme(String(data.programmeId)) : null;
}

const RUNS = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 20) };

interface Outcome extends WhatIf {
  readonly orders: readonly OrderDifference[];
}

async function outcomeOf(
  log: readonly RecordedEvent[],
  changes: ChangedTerms,
  period: {
    readonly from?: Instant;
    readonly before?: Instant;
    readonly programmeId?: string;
  } = {},
): Promise<Outcome> {
  const orders: OrderDifference[] = [];
  const onOrder = (difference: OrderDifference) => void orders.push(difference);
  const options = { store: logOf(log), programmeId: 'affiliate', changes, onOrder, ...period };
  return { ...(await whatIf(options)), orders };
}

const begun = [
  programme('affiliate', day(0)),
  terms('affiliate', 1, day(0)),
  approved('ann', day(0)),
  approved('bob', day(0)),
  link('ann-link', 'ann', day(0)),
  link('bob-link', 'bob', day(0)),
  coupon('BOB10', 'bob', day(0)),
];

/** Ann's visitor orders on day 60, 50 days after the click; Bob's on day 70, the day after. */
const twoOrders = [
  ...begun,
  click('v1', 'ann-link', day(10), { touch: 'click of ann' }),
  order('o-1', 'c1', day(60), { visitor: 'v1', amountCents: 70_000 }),
  click('v2', 'bob-link', day(69)),
  order('o-2', 'c2', day(70), { visitor: 'v2', amountCents: 90_000 }),
];

const twelvePercent = {
  reward: { kind: 'percentage', rateBps: 1200, scope: { orders: 'first_order' } },
} satisfies ChangedTerms;
const earned = (partnerId: string, amountCents: number) => ({
  partnerId,
  programmeId: 'affiliate',
  amountCents,
});
const earnings = (orders: number, commissionCents: number) => ({ orders, commissionCents });

interface Case {
  readonly name: string;
  readonly log?: readonly Written[];
  readonly changes: ChangedTerms;
  readonly from?: Instant;
  readonly before?: Instant;
  readonly orders: readonly Pick<OrderDifference, 'orderId' | 'published' | 'supposed'>[];
}

const cases: readonly Case[] = [
  {
    name: 'a higher rate pays more for each order',
    changes: twelvePercent,
    orders: [
      { orderId: 'o-1', published: earned('ann', 7000), supposed: earned('ann', 8400) },
      { orderId: 'o-2', published: earned('bob', 9000), supposed: earned('bob', 10_800) },
    ],
  },
  {
    name: 'a shorter window leaves an order to nobody',
    changes: { windowDays: 30 },
    orders: [{ orderId: 'o-1', published: earned('ann', 7000), supposed: null }],
  },
  {
    name: 'a window as long as before changes nothing',
    changes: { windowDays: 90 },
    orders: [],
  },
  {
    name: 'the other precedence gives an order with a coupon to the link',
    log: [...twoOrders, order('o-3', 'c3', day(61), { visitor: 'v1', codes: ['BOB10'] })],
    changes: { precedence: 'link' },
    orders: [{ orderId: 'o-3', published: earned('bob', 7000), supposed: earned('ann', 7000) }],
  },
  {
    name: 'every order rewarded: also a customer’s second one',
    log: [...twoOrders, order('o-3', 'c1', day(61), { visitor: 'v1', amountCents: 10_000 })],
    changes: { reward: { kind: 'percentage', rateBps: 1000, scope: { orders: 'every_order' } } },
    orders: [{ orderId: 'o-3', published: null, supposed: earned('ann', 1000) }],
  },
  {
    name: 'orders placed before the period keep what they have, and aren’t told of',
    changes: twelvePercent,
    from: day(70),
    orders: [{ orderId: 'o-2', published: earned('bob', 9000), supposed: earned('bob', 10_800) }],
  },
  {
    name: 'the period ends before its last moment',
    changes: twelvePercent,
    before: day(70),
    orders: [{ orderId: 'o-1', published: earned('ann', 7000), supposed: earned('ann', 8400) }],
  },
  {
    name: 'terms that took effect later would not have been published',
    log: [...twoOrders, terms('affiliate', 2, day(65), { windowDays: 1, holdDays: 1 })],
    changes: twelvePercent,
    orders: [
      { orderId: 'o-1', published: earned('ann', 7000), supposed: earned('ann', 8400) },
      { orderId: 'o-2', published: earned('bob', 9000), supposed: earned('bob', 10_800) },
    ],
  },
  {
    name: 'a change is one of the terms in force when the period begins',
    log: [...twoOrders, terms('affiliate', 2, day(65), { windowDays: 30 })],
    changes: twelvePercent,
    from: day(65),
    orders: [{ orderId: 'o-2', published: earned('bob', 9000), supposed: earned('bob', 10_800) }],
  },
  {
    name: 'an order that a payout holds would have been decided like any other',
    log: [
      ...twoOrders,
      scheduled('p-1', 'ann', day(90), [
        { orderId: 'o-1', touchId: uuid('click of ann'), amountCents: 7000 },
      ]),
      event('PayoutPaid', day(91), { payoutId: 'p-1', partnerId: 'ann' }),
    ],
    changes: { windowDays: 30 },
    orders: [{ orderId: 'o-1', published: earned('ann', 7000), supposed: null }],
  },
  {
    name: 'a refund lowers both sides',
    log: [...twoOrders, refund('o-1', 'r-1', day(80), 20_000)],
    changes: twelvePercent,
    before: day(70),
    orders: [{ orderId: 'o-1', published: earned('ann', 5000), supposed: earned('ann', 6000) }],
  },
  {
    name: 'a rejected commission is worth nothing on either side',
    log: [
      ...twoOrders,
      event('CommissionRejected', day(80), {
        orderId: 'o-1',
        partnerId: 'ann',
        reason: 'because',
        by: 'key',
      }),
    ],
    changes: twelvePercent,
    before: day(70),
    orders: [],
  },
  {
    name: 'terms of when money is paid change no amount',
    changes: { holdDays: 60, payoutThresholdCents: 100_000, minimumCustomers: 5 },
    orders: [],
  },
];

describe('what would have been earned under other terms', () => {
  test.each(cases)('$name', async ({ log = twoOrders, changes, from, before, orders }) => {
    const period = {
      ...(from === undefined ? {} : { from }),
      ...(before === undefined ? {} : { before }),
    };
    const outcome = await outcomeOf(recorded(log), changes, period);
    expect(
      outcome.orders.map(({ orderId, published, supposed }) => ({ orderId, published, supposed })),
    ).toEqual(orders);
    expect(outcome.ordersThatDiffer).toBe(orders.length);
  });

  test('partners are told with what they earn on both sides, also unchanged', async () => {
    const { partners, supposition, inForce } = await outcomeOf(recorded(twoOrders), {
      windowDays: 30,
    });
    expect(partners).toEqual([
      { partnerId: 'ann', currency: 'EUR', published: earnings(1, 7000), supposed: earnings(0, 0) },
      {
        partnerId: 'bob',
        currency: 'EUR',
        published: earnings(1, 9000),
        supposed: earnings(1, 9000),
      },
    ]);
    expect(inForce.windowDays).toBe(90);
    expect(supposition).toMatchObject({ from: day(0), terms: { windowDays: 30 }, replaces: [1] });
  });
});

test('terms that this release can’t read are set aside, as they are in the tables', async () => {
  const log = recorded([...twoOrders, terms('affiliate', 2, day(65), { windowDays: 1 })]);
  const newer = log.slice(-1).map((published) => Object.assign({}, published, { version: 99 }));
  const { orders, supposition } = await outcomeOf([...log.slice(0, -1), ...newer], twelvePercent);
  expect(orders.map(({ orderId }) => orderId)).toEqual(['o-1', 'o-2']);
  expect(supposition.replaces).toEqual([1]);
});

describe('what can’t be supposed is told in words', () => {
  test('of a programme that there isn’t', async () => {
    await expect(outcomeOf(recorded(twoOrders), {}, { programmeId: 'agents' })).rejects.toThrow(
      'There is no programme agents.',
    );
  });

  test('of one without terms', async () => {
    await expect(outcomeOf(recorded([programme('affiliate', day(0))]), {})).rejects.toThrow(
      'The programme affiliate has no terms yet that could differ.',
    );
  });

  test('another currency', async () => {
    await expect(outcomeOf(recorded(twoOrders), { currency: 'SEK' })).rejects.toThrow(
      'The programme affiliate pays in EUR; under terms in SEK its orders would earn nothing.',
    );
  });
});

test('the terms in force supposed anew change nothing, whatever the log holds', async () => {
  await fc.assert(
    fc.asyncProperty(worlds, async ({ events }) => {
      const log = recorded(events);
      const from = latestEffect(events);
      const outcome = await outcomeOf(log, {}, { from }).catch(refusalOf);
      if (outcome === null) return;
      expect(outcome.orders).toEqual([]);
      for (const { published, supposed } of outcome.partners) expect(supposed).toEqual(published);
    }),
    RUNS,
  );
});

/** Those of a world without the programme, or without terms. */
function refusalOf(error: unknown): null {
  expect(error).toMatchObject({ name: 'SuppositionError' });
  return null;
}

function latestEffect(world: readonly Written[]): Instant {
  let latest = day(0);
  for (const { event: written } of world) {
    if (written.type !== 'TermsPublished') continue;
    const { data } = written;
    if ('effectiveFrom' in data && typeof data.effectiveFrom === 'number') {
      latest = Math.max(latest, data.effectiveFrom);
    }
  }
  return latest;
}
