import { expect, test } from 'vitest';
import { InvalidCursorError, type Page, type PageRequest } from '../src/index.ts';
import {
  click,
  day,
  event,
  link,
  order,
  refund,
  scheduled,
  smallProgramme,
  terms,
  uuid,
  visit,
  type Written,
} from './events.ts';
import { firstPage } from './read-models.ts';
import { onEachDatabase } from './dialects.ts';

const spring = { source: 'blog', campaign: 'spring' };
const season: readonly Written[] = [
  ...smallProgramme(),
  link('ann-two', 'ann', day(3), { utm: spring }),
  click('v1', 'ann-link', day(10), { touch: 't1' }),
  click('v1', 'ann-link', day(10, 5)),
  click('v1', 'ann-two', day(10, 9)),
  click('bot', 'ann-link', day(10), { bot: true }),
  click('v2', 'nowhere', day(10)),
  visit('v3', day(11), { utm: spring }),
  order('o-1', 'c1', day(12), { clickId: uuid('t1'), visitor: 'v1', amountCents: 70_000 }),
  order('o-2', 'c2', day(12, 5), { codes: ['BOB10'], amountCents: 50_005 }),
  order('o-3', 'c3', day(13), { visitor: 'v3', amountCents: 30_000 }),
  event('OrderCancelled', day(14), { orderId: 'o-3' }),
  refund('o-9', 'r', day(14), 100),
  scheduled('p-1', 'bob', day(30), [
    { orderId: 'o-2', touchId: 'coupon:BOB10', amountCents: 5001 },
  ]),
  event('PayoutPaid', day(32), { payoutId: 'p-1', partnerId: 'bob' }),
  event('CommissionRejected', day(15), {
    orderId: 'o-1',
    partnerId: 'ann',
    reason: 'own order',
    by: 'key',
  }),
  event('CommissionReinstated', day(16), {
    orderId: 'o-1',
    partnerId: 'ann',
    reason: 'mistake',
    by: 'key',
  }),
];

async function everyPage<Row>(
  list: (page: PageRequest) => Promise<Page<Row>>,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await list({ limit, cursor });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  return rows;
}

onEachDatabase((models) => {
  test('listings page through the same rows whatever the limit, in their order', async () => {
    const { readModel } = await models.after(season);
    const at = { at: day(20) };
    const asOf = { asOf: day(40), knownAt: null };
    const listings: ((page: PageRequest) => Promise<Page<unknown>>)[] = [
      (page) => readModel.programmes(page),
      (page) => readModel.partners({}, page),
      (page) => readModel.links({ partnerId: 'ann' }, page),
      (page) => readModel.coupons({ programmeId: 'affiliate' }, page),
      (page) => readModel.orders({}, page),
      (page) => readModel.commissions(at, page),
      (page) => readModel.balances({}, asOf, page),
      (page) => readModel.journal({}, page),
    ];
    for (const list of listings) {
      const { rows } = await list(firstPage);
      expect(rows.length).toBeGreaterThan(0);
      expect(await everyPage(list, 1)).toEqual(rows);
      expect(await everyPage(list, 2)).toEqual(rows);
      await expect(list({ limit: 5, cursor: 'bm90IG91cnM' })).rejects.toThrow(InvalidCursorError);
    }
  });

  test('one of each by its id, null for none', async () => {
    const { readModel } = await models.after(season);
    expect(await readModel.programme('affiliate')).toMatchObject({ terms: [{ termsVersion: 1 }] });
    expect(await readModel.partner('ann')).toMatchObject({
      status: 'approved',
      approvedAt: day(1),
    });
    expect(await readModel.partner('ann')).not.toHaveProperty('customerKeys');
    expect(await readModel.link('ann-two')).toMatchObject({ partnerId: 'ann', utm: spring });
    expect(await readModel.coupon('BOB10')).toMatchObject({ partnerId: 'bob', withdrawnAt: null });
    expect(await readModel.order('o-1')).toMatchObject({ placedAt: day(12), baseCents: 70_000 });
    expect(await readModel.order('o-1')).not.toHaveProperty('customer');
    expect(await readModel.order('o-9')).toMatchObject({ placedAt: null, refundsCents: 100 });
    for (const find of ['programme', 'partner', 'link', 'coupon', 'order', 'decision'] as const) {
      expect(await readModel[find]('none')).toBeNull();
    }
  });

  test('orders come newest first, those without a placing last, by partner and period', async () => {
    const { readModel } = await models.after(season);
    const ids = async (filter: Parameters<typeof readModel.orders>[0]) =>
      (await readModel.orders(filter, firstPage)).rows.map((row) => row.orderId);
    expect(await ids({})).toEqual(['o-3', 'o-2', 'o-1', 'o-9']);
    expect(await ids({ partnerId: 'ann' })).toEqual(['o-3', 'o-1']);
    expect(await ids({ placedFrom: day(12, 5), placedBefore: day(13) })).toEqual(['o-2']);
  });

  test('commissions carry the status of the moment asked for', async () => {
    const { readModel } = await models.after(season);
    const statuses = async (at: number) =>
      (await readModel.commissions({ at }, firstPage)).rows.map((row) => [row.orderId, row.status]);
    expect(await statuses(day(20))).toEqual([
      ['o-3', 'reversed'],
      ['o-2', 'paid'],
      ['o-1', 'pending'],
    ]);
    expect(await statuses(day(26))).toContainEqual(['o-1', 'payable']);
    const payable = await readModel.commissions({ at: day(26), status: 'payable' }, firstPage);
    expect(payable.rows.map((row) => row.orderId)).toEqual(['o-1']);
    const none = await readModel.commissions({ at: day(26), partnerId: 'cas' }, firstPage);
    expect(none.rows).toEqual([]);
  });

  test('a balance moves from hold to payable, into a payout and to the bank', async () => {
    const { readModel } = await models.after(season);
    const bob = async (asOf: number) =>
      (await readModel.balances({ partnerId: 'bob' }, { asOf, knownAt: null }, firstPage)).rows[0];
    const held = { pendingCents: 0, payableCents: 0, scheduledCents: 0, paidCents: 0 };
    expect(await bob(day(12))).toMatchObject({ ...held, missingCents: 5000, payoutDue: false });
    expect(await bob(day(13))).toMatchObject({ ...held, pendingCents: 5001 });
    expect(await bob(day(27))).toMatchObject({
      ...held,
      payableCents: 5001,
      missingCents: 0,
      payoutDue: true,
    });
    expect(await bob(day(31))).toMatchObject({ ...held, scheduledCents: 5001 });
    expect(await bob(day(33))).toMatchObject({ ...held, paidCents: 5001, thresholdCents: 5000 });
  });

  test('a payout of nothing is never due, whatever the threshold', async () => {
    const { readModel } = await models.after([
      ...smallProgramme(),
      terms('affiliate', 2, day(3), { payoutThresholdCents: 0 }),
      order('o-1', 'c', day(12), { amountCents: 10, codes: ['ANN10'] }),
    ]);
    const ann = async (asOf: number) =>
      (await readModel.balances({ partnerId: 'ann' }, { asOf, knownAt: null }, firstPage)).rows[0];
    const nothing = { thresholdCents: 0, payableCents: 0, missingCents: 1, payoutDue: false };
    expect(await ann(day(12))).toMatchObject(nothing);
    expect(await ann(day(26))).toMatchObject({ payableCents: 1, missingCents: 0, payoutDue: true });
  });

  test('performance counts by link, with each visitor once a day, and leaves bots and cancelled orders out', async () => {
    const { readModel } = await models.after(season);
    const period = { fromDay: '2026-01-01', toDay: '2026-02-28' };
    const links = await readModel.performance({ ...period, groupBy: ['link'] });
    const counts = links.map((row) => [
      row.linkCode,
      row.clicks,
      row.uniqueVisitors,
      row.visits,
      row.orders,
    ]);
    expect(counts).toEqual([
      [null, 0, 0, 0, 1],
      ['ann-link', 2, 1, 0, 0],
      ['ann-two', 1, 2, 1, 1],
      ['nowhere', 1, 1, 0, 0],
    ]);
    const [ann] = await readModel.performance({
      ...period,
      partnerId: 'ann',
      groupBy: ['partner'],
    });
    expect(ann).toMatchObject({
      clicks: 3,
      uniqueVisitors: 2,
      visits: 1,
      orders: 1,
      conversionRate: 0.5,
    });
    expect(ann).toMatchObject({
      revenueCents: 70_000,
      commissionCents: 7000,
      earningsPerClickCents: 2333,
    });
    const [total] = await readModel.performance({ ...period, groupBy: [] });
    expect(total).toMatchObject({
      clicks: 4,
      orders: 2,
      averageOrderCents: 60_003,
      currency: 'EUR',
      day: null,
    });
    const days = await readModel.performance({ ...period, groupBy: ['day', 'campaign'] });
    expect(days.map((row) => [row.day, row.campaign])).toEqual([
      ['2026-01-11', null],
      ['2026-01-12', 'spring'],
      ['2026-01-13', null],
    ]);
  });

  test('a link that arrives after its visits takes them over, and their visitors', async () => {
    const late = [
      ...smallProgramme(),
      visit('v1', day(10), { ref: 'late' }),
      visit('v2', day(10), { utm: spring }),
      visit('v3', day(2), { utm: spring }),
      link('late', 'ann', day(3), { utm: spring }),
    ];
    const { readModel } = await models.after(late);
    const rows = await readModel.performance({
      fromDay: '2026-01-01',
      toDay: '2026-01-31',
      groupBy: ['link'],
    });
    expect(rows.map((row) => [row.linkCode, row.visits, row.uniqueVisitors])).toEqual([
      [null, 1, 1],
      ['late', 2, 2],
    ]);
  });

  test('the journal names what caused an entry, by order and by partner', async () => {
    const { readModel } = await models.after(season);
    const rejected = season.find(({ event }) => event.type === 'CommissionRejected');
    const ofOrder = await readModel.journal({ orderId: 'o-1' }, firstPage);
    expect(ofOrder.rows).toHaveLength(3);
    expect(ofOrder.rows[1]?.causeEventId).toBe(rejected?.event.id);
    for (const entry of ofOrder.rows) {
      expect(entry.lines.reduce((sum, line) => sum + line.amountCents, 0)).toBe(0);
    }
    const ofBob = await readModel.journal({ partnerId: 'bob' }, firstPage);
    expect(ofBob.rows.map((entry) => entry.orderId)).toEqual(['o-2', null, null]);
  });
});
