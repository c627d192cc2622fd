import { openCents, openInTheEnd } from '@provisie/domain';
import type { PayoutCandidate } from '@provisie/domain';
import { expect, test } from 'vitest';
import type { CandidateRequest, Page, PageRequest } from '../src/index.ts';
import { listCandidates } from '../src/queries/candidates.ts';
import {
  applied,
  approved,
  coupon,
  customer,
  day,
  event,
  order,
  recorded,
  refund,
  scheduled,
  smallProgramme,
  terms,
  type Line,
  type Written,
} from './events.ts';
import { applyInBatches, firstPage } from './read-models.ts';
import { onEachDatabase } from './dialects.ts';

const request: CandidateRequest = {
  currency: 'EUR',
  partnerIds: null,
  at: day(40),
  cutOff: day(40),
};
const sold = (orderId: string, as: string, at: number, code = 'ANN10') =>
  order(orderId, as, at, { codes: [code] });
const paying = (orderId: string, amountCents = 7000): Line => ({
  orderId,
  touchId: 'coupon:ANN10',
  amountCents,
});

const itemsOf = (rows: readonly PayoutCandidate[]) =>
  rows.flatMap(({ partnerId, items }) =>
    items.map((item) => [
      partnerId,
      item.orderId,
      item.earnedCents,
      item.payableFrom,
      item.earnedCents - openInTheEnd(item),
    ]),
  );

interface Case {
  readonly when: string;
  readonly events: readonly Written[];
  /** Partner, order, earned, payable from, settled. */
  readonly items: readonly (readonly [string, string, number, number | null, number])[];
}

const CASES: readonly Case[] = [
  { when: 'nothing was sold', events: [], items: [] },
  {
    when: 'orders were sold, in hold or past it',
    events: [sold('o-2', 'd', day(39)), sold('o-1', 'c', day(20))],
    items: [
      ['ann', 'o-1', 7000, day(34), 0],
      ['ann', 'o-2', 7000, day(53), 0],
    ],
  },
  {
    when: 'an order earned nothing, or its commission was rejected',
    events: [
      sold('o-1', 'c', day(20)),
      sold('o-2', 'c', day(21)),
      event('CommissionRejected', day(22), {
        orderId: 'o-1',
        partnerId: 'ann',
        reason: 'fraud',
        by: 'key',
      }),
    ],
    items: [],
  },
  {
    when: 'a payout paid one of two',
    events: [
      sold('o-1', 'c', day(20)),
      sold('o-2', 'd', day(21)),
      scheduled('p-1', 'ann', day(35), [paying('o-1')]),
    ],
    items: [['ann', 'o-2', 7000, day(35), 0]],
  },
  {
    when: 'the payout failed',
    events: [
      sold('o-1', 'c', day(20)),
      scheduled('p-1', 'ann', day(35), [paying('o-1')]),
      event('PayoutFailed', day(36), { payoutId: 'p-1', partnerId: 'ann', reason: 'bank' }),
    ],
    items: [['ann', 'o-1', 7000, day(34), 0]],
  },
  {
    when: 'a refund came after the payout',
    events: [
      sold('o-1', 'c', day(20)),
      scheduled('p-1', 'ann', day(35), [paying('o-1')]),
      refund('o-1', 'r', day(36), 20_000),
    ],
    items: [['ann', 'o-1', 5000, day(34), 7000]],
  },
  {
    when: 'a later payout took back what the refund took',
    events: [
      sold('o-1', 'c', day(20)),
      scheduled('p-1', 'ann', day(35), [paying('o-1')]),
      refund('o-1', 'r', day(36), 20_000),
      sold('o-2', 'd', day(21)),
      scheduled('p-2', 'ann', day(38), [paying('o-1', -2000), paying('o-2')]),
    ],
    items: [],
  },
  {
    when: 'a write-off settled part of it',
    events: [
      sold('o-1', 'c', day(20)),
      event('BalanceWrittenOff', day(38), {
        writeOffId: 'w-1',
        partnerId: 'ann',
        currency: 'EUR',
        lines: [{ orderId: 'o-1', amountCents: 1500 }],
        reason: 'agreed',
        by: 'key',
      }),
    ],
    items: [['ann', 'o-1', 7000, day(34), 1500]],
  },
  {
    when: 'the order turns out to be cancelled before it was paid',
    events: [sold('o-1', 'c', day(20)), event('OrderCancelled', day(21), { orderId: 'o-1' })],
    items: [],
  },
];

const shops = ['p1', 'p2', 'p3', 'p4'];
async function everyPage(
  list: (page: PageRequest) => Promise<Page<PayoutCandidate>>,
  limit: number,
): Promise<{ readonly rows: readonly PayoutCandidate[]; readonly pages: number }> {
  const rows: PayoutCandidate[] = [];
  let pages = 0;
  for (let cursor: string | null = null; ;) {
    const page: Page<PayoutCandidate> = await list({ limit, cursor });
    pages += 1;
    rows.push(...page.rows);
    if (page.next === null) return { rows, pages };
    cursor = page.next;
  }
}

onEachDatabase((models) => {
  async function candidates(
    events: readonly Written[],
    changes: Partial<CandidateRequest> = {},
  ): Promise<readonly PayoutCandidate[]> {
    const { readModel } = await models.after([...smallProgramme(), ...events]);
    return readModel.snapshot(async (model) => {
      const page = await model.payoutCandidates({ ...request, ...changes }, firstPage);
      expect(page.next).toBeNull();
      return page.rows;
    });
  }

  test.each(CASES)('open items when $when', async ({ events, items }) => {
    expect(itemsOf(await candidates(events))).toEqual(items);
  });

  test('a candidate carries the partner, the terms of the moment, customers and the last payout', async () => {
    const [ann, ...others] = await candidates([
      sold('o-1', 'c', day(20)),
      sold('o-2', 'd', day(21)),
      sold('o-3', 'e', day(39)),
      terms('affiliate', 2, day(30), { payoutThresholdCents: 9000, minimumCustomers: 3 }),
      terms('affiliate', 3, day(41), { payoutThresholdCents: 1 }, day(31)),
      scheduled('p-1', 'ann', day(35), [paying('o-1')]),
      scheduled('p-2', 'ann', day(36), [paying('o-2')]),
      event('PayoutCancelled', day(37), { payoutId: 'p-2', partnerId: 'ann', reason: 'mistake' }),
    ]);
    expect(others).toEqual([]);
    expect(ann).toMatchObject({
      partnerId: 'ann',
      currency: 'EUR',
      partner: { status: 'approved', payoutDetails: null },
      terms: { thresholdCents: 9000, minimumCustomers: 3 },
      customers: 2,
      lastPayoutAt: day(35),
    });
    expect(ann?.partner).not.toHaveProperty('customerKeys');
    expect(ann?.paid).toEqual(new Map());
  });

  test('what is to be taken back names what was paid, and how it was taxed', async () => {
    const refunded = [
      sold('o-1', 'c', day(20)),
      sold('o-2', 'd', day(20)),
      scheduled('p-1', 'ann', day(34), [paying('o-1', 6000)], { taxProfile: 'private_person' }),
      scheduled('p-2', 'ann', day(35), [paying('o-1', 1000), paying('o-2')], {
        taxProfile: 'nl_business',
      }),
      scheduled('p-3', 'ann', day(36), [paying('o-1', 100)], { taxProfile: 'eu_business' }),
      event('PayoutFailed', day(36), { payoutId: 'p-3', partnerId: 'ann', reason: 'bank' }),
      refund('o-1', 'r', day(37), 20_000),
    ];
    const [ann] = await candidates(refunded);
    const first = { payoutId: 'p-1', treatment: 'no_vat', rateBps: 0, amountCents: 6000 };
    const second = { payoutId: 'p-2', treatment: 'standard', rateBps: 2100, amountCents: 1000 };
    expect(ann?.paid).toEqual(new Map([['o-1', [first, second]]]));
  });

  test('of a commission that is not payable by an earlier cut-off only what was paid too much is taken back', async () => {
    const events = [
      sold('o-1', 'c', day(20)),
      scheduled('p-1', 'ann', day(35), [paying('o-1', 6000)]),
    ];
    const cutOff = day(33);
    const [ann] = await candidates(events, { cutOff });
    expect(ann?.customers).toBe(0);
    expect(ann?.items.map((item) => openCents(item, { at: request.at, cutOff }))).toEqual([0]);
    const [less] = await candidates([...events, refund('o-1', 'r', day(36), 20_000)], { cutOff });
    expect(less?.items.map((item) => openCents(item, { at: request.at, cutOff }))).toEqual([-1000]);
    expect([...(less?.paid.keys() ?? [])]).toEqual(['o-1']);
  });

  test('those asked for come without items too, each once, in the order of their ids', async () => {
    const rows = await candidates([sold('o-1', 'c', day(20))], {
      partnerIds: ['nobody', 'bob', 'Zoe', 'ann', 'bob'],
    });
    const listed = rows.map(({ partnerId, partner, terms, items }) => [
      partnerId,
      partner?.status ?? null,
      terms?.thresholdCents ?? null,
      items.length,
    ]);
    expect(listed).toEqual([
      ['Zoe', null, null, 0],
      ['ann', 'approved', 5000, 1],
      ['bob', 'approved', 5000, 0],
      ['nobody', null, null, 0],
    ]);
  });

  test('only the currency asked for counts', async () => {
    const dollars = [
      terms('agents', 1, day(0), { currency: 'USD', payoutThresholdCents: 700 }),
      event('ProgrammeOpened', day(0), {
        programmeId: 'agents',
        name: 'agents',
        hosts: ['a.example'],
      }),
      coupon('USD10', 'ann', day(2), 'agents'),
      order('o-1', 'c', day(20), { codes: ['USD10'], currency: 'USD' }),
      sold('o-2', 'd', day(20)),
      scheduled('p-1', 'ann', day(30), [paying('o-9')], { currency: 'USD' }),
    ];
    const [euros] = await candidates(dollars);
    expect(euros).toMatchObject({
      terms: { thresholdCents: 5000 },
      customers: 1,
      lastPayoutAt: null,
    });
    expect(euros?.items.map((item) => item.orderId)).toEqual(['o-2']);
    const [inDollars] = await candidates(dollars, { currency: 'USD' });
    expect(inDollars).toMatchObject({ terms: { thresholdCents: 700 }, lastPayoutAt: day(30) });
    expect(inDollars?.items.map((item) => item.orderId)).toEqual(['o-1']);
  });

  const shopsAfterSales = () =>
    models.after([
      ...smallProgramme(),
      ...shops.flatMap((id) => [
        applied(id, day(0), [customer(id)]),
        approved(id, day(0)),
        coupon(`${id.toUpperCase()}10`, id, day(1)),
        sold(`o-${id}`, `c-${id}`, day(20), `${id.toUpperCase()}10`),
        sold(`o-${id}-2`, `d-${id}`, day(20), `${id.toUpperCase()}10`),
      ]),
    ]);

  test.each([null, [...shops, 'ann', 'zoe']])(
    'pages are the same whatever the limit, asked for %j',
    async (partnerIds) => {
      const { readModel } = await shopsAfterSales();
      await readModel.snapshot(async (model) => {
        const asks = { ...request, partnerIds };
        const { rows } = await model.payoutCandidates(asks, firstPage);
        expect(rows).toHaveLength(partnerIds?.length ?? 4);
        for (const limit of [1, 3]) {
          const paged = await everyPage((page) => model.payoutCandidates(asks, page), limit);
          expect(paged.rows).toEqual(rows);
        }
      });
    },
  );

  test.each([
    [1, 4],
    [2, 4],
    [4, 2],
    [5, 2],
    [8, 1],
  ])(
    'with %i items at most on a page there are %i pages, and nobody is left out',
    async (most, pages) => {
      const { database } = await shopsAfterSales();
      const listed = await everyPage(
        (page) => listCandidates(database.reading, request, page, most),
        500,
      );
      expect(listed.pages).toBe(pages);
      expect(listed.rows.map((row) => row.partnerId)).toEqual(shops);
      expect(listed.rows.every((row) => row.items.length === 2)).toBe(true);
    },
  );

  test('a snapshot stays at its position while the projector goes on and others read', async () => {
    const log = recorded([
      ...smallProgramme(),
      sold('o-1', 'c', day(20)),
      sold('o-2', 'd', day(20)),
    ]);
    const model = await models.afterLog(log.slice(0, -1));
    await model.readModel.snapshot(async (snapshot) => {
      expect(snapshot.position).toBe(log.length - 1);
      await applyInBatches(model, log.slice(-1), [1]);
      expect((await model.readModel.status()).position).toBe(log.length);
      const { rows } = await snapshot.payoutCandidates(request, firstPage);
      expect(itemsOf(rows).map(([, orderId]) => orderId)).toEqual(['o-1']);
    });
    await model.readModel.snapshot(async (snapshot) => {
      expect(snapshot.position).toBe(log.length);
      const { rows } = await snapshot.payoutCandidates(request, firstPage);
      expect(itemsOf(rows)).toHaveLength(2);
    });
  });
});
