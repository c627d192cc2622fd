import type { Page, PageRequest, PerformanceDimension, ReadModel } from '../src/index.ts';
import { day } from './events.ts';

/** What every query answers, listings page by page. */
export async function everyAnswer(readModel: ReadModel): Promise<Record<string, unknown>> {
  const at = day(60);
  const moment = { asOf: at, knownAt: null };
  const account = { partnerId: 'ann', currency: 'EUR' };
  const [orders, payouts] = [
    await everyPage((page) => readModel.orders({}, page)),
    await everyPage((page) => readModel.payouts({}, page)),
  ];
  return {
    orders,
    payouts,
    status: (await readModel.status()).position,
    decisions: await eachOf(orders, ({ orderId }) => readModel.decision(orderId)),
    payoutsWithLines: await eachOf(payouts, ({ payoutId }) => readModel.payout(payoutId)),
    ordersOfAnn: await everyPage((page) =>
      readModel.orders({ partnerId: 'ann', placedFrom: day(70), placedBefore: day(150) }, page),
    ),
    programmes: await everyPage((page) => readModel.programmes(page)),
    partners: await everyPage((page) => readModel.partners({ status: 'approved' }, page)),
    links: await everyPage((page) => readModel.links({}, page)),
    coupons: await everyPage((page) => readModel.coupons({ programmeId: 'affiliate' }, page)),
    commissions: await everyPage((page) => readModel.commissions({ at }, page)),
    payable: await everyPage((page) => readModel.commissions({ at, status: 'payable' }, page)),
    balances: await everyPage((page) => readModel.balances({}, moment, page)),
    journal: await everyPage((page) => readModel.journal({ partnerId: 'ann' }, page)),
    runs: await everyPage((page) => readModel.payoutRuns(page)),
    skippedPayouts: await everyPage((page) => readModel.skippedPayouts({}, page)),
    documents: await everyPage((page) => readModel.documents({}, page)),
    quarantine: await everyPage((page) => readModel.quarantine(page)),
    merchant: await readModel.merchant(),
    accounts: await readModel.partnersWithAccount('k'.padEnd(43, '-')),
    performance: await eachOf(GROUPS, (groupBy) =>
      readModel.performance({ fromDay: '2026-01-01', toDay: '2026-12-31', groupBy }),
    ),
    statement: await readModel.statement(
      { ...account, from: day(30), asOf: at, knownAt: null },
      { limit: 3, cursor: null },
    ),
    difference: await readModel.statementDifference(
      account.partnerId,
      account.currency,
      { asOf: day(40), knownAt: day(410) },
      moment,
      { limit: 3, cursor: null },
    ),
    trialBalance: await readModel.trialBalance(moment),
    candidates: await readModel.snapshot((snapshot) =>
      everyPage((page) =>
        snapshot.payoutCandidates({ currency: 'EUR', at, cutOff: at, partnerIds: null }, page),
      ),
    ),
  };
}

const GROUPS: readonly (readonly PerformanceDimension[])[] = [
  [],
  ['day'],
  ['partner', 'programme'],
  ['link', 'coupon'],
  ['day', 'campaign', 'link'],
];

async function everyPage<Row>(list: (page: PageRequest) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let cursor: string | null = null; ;) {
    const page: Page<Row> = await list({ limit: 2, cursor });
    rows.push(...page.rows);
    cursor = page.next;
    if (cursor === null) return rows;
  }
}

async function eachOf<Item, Answer>(
  items: readonly Item[],
  ask: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const item of items) answers.push(await ask(item));
  return answers;
}
