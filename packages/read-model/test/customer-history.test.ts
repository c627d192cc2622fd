import { decideWithJournal, gatherFacts, type Facts } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { compareTable } from '../src/verifying/table-comparison.ts';
import { TABLE_NAMES } from '../src/tables/index.ts';
import { onEachDatabase } from './dialects.ts';
import {
  cancelled,
  click,
  day,
  event,
  order,
  recorded,
  refund,
  scheduled,
  smallProgramme,
  terms,
  uuid,
  type Written,
} from './events.ts';
import { applyInBatches, clear } from './read-models.ts';

const orderId = (n: number) => `o-${String(n).padStart(4, '0')}`;
const placed = (n: number, as = 'c', at = day(20, n)) =>
  order(orderId(n), as, at, { visitor: 'v' });
const clicked = click('v', 'ann-link', day(10), { touch: 't' });
const lock = (payoutId: string, orders: readonly number[], at: number, termsVersion = 1) =>
  scheduled(
    payoutId,
    'ann',
    at,
    orders.map((n) => ({ orderId: orderId(n), touchId: uuid('t'), amountCents: 7, termsVersion })),
  );
const released = (payoutId: string, at: number) =>
  event('PayoutCancelled', at, { payoutId, partnerId: 'ann', reason: 'mistake' });
const amended = (n: number, amendmentId: string, at: number, amountCents: number) =>
  event('OrderAmended', at, {
    orderId: orderId(n),
    amendmentId,
    lines: [{ lineId: '1', amountCents }],
  });
const rewarding = (orders: 'first_order' | 'every_order') => ({
  reward: { kind: 'percentage' as const, rateBps: 1000, scope: { orders } },
});
const rewardingFirst = (count: number) => ({
  reward: {
    kind: 'percentage' as const,
    rateBps: 1000,
    scope: { orders: 'first_n_orders' as const, count },
  },
});

/** The orders whose decision, or journal, isn't what all facts come to. */
async function differing({ database }: OpenedReadModel, facts: Facts): Promise<string[]> {
  const { db } = database.reading;
  const decisions = await db.selectFrom('decisions').selectAll().orderBy('order_id').execute();
  const journals = await db
    .selectFrom('journals')
    .selectAll()
    .where('kind', '=', 'order')
    .execute();
  const linesOf = new Map(journals.map(({ key, lines }) => [key, lines]));
  return decisions.flatMap((row) => {
    const decided = decideWithJournal(row.order_id, facts);
    const isSame =
      row.decision === JSON.stringify(decided?.decision) &&
      (linesOf.get(row.order_id) ?? '[]') === JSON.stringify(decided?.journal);
    return isSame ? [] : [row.order_id];
  });
}

const ORDERS = 200;

interface Case {
  readonly when: string;
  readonly known?: readonly Written[];
  readonly late: readonly Written[];
  /** Of the customer's orders, decided anew; of the others at most the place is written. */
  readonly decided: readonly number[];
}

const CASES: readonly Case[] = [
  { when: 'a new order', late: [placed(ORDERS)], decided: [ORDERS] },
  {
    when: 'a refund of a part of the first',
    late: [refund(orderId(0), 'r', day(30), 100)],
    decided: [0],
  },
  {
    when: 'a refund of the whole first, so that the second is the first',
    late: [refund(orderId(0), 'r', day(30), 70_000)],
    decided: [0, 1],
  },
  {
    when: 'the cancellation of one in the middle',
    late: [cancelled(orderId(100), day(30))],
    decided: [100],
  },
  { when: 'a payout that names the first', late: [lock('p-1', [0], day(40))], decided: [0, 1] },
  {
    when: 'a payout that names the first, under terms that reward every order',
    known: [terms('affiliate', 2, day(15), rewarding('every_order'), day(15))],
    late: [lock('p-1', [0], day(40), 2)],
    decided: [0],
  },
  {
    when: 'a payout that keeps the place of the first for another',
    late: [lock('p-1', [100], day(40))],
    decided: [0, 100],
  },
  {
    when: 'terms that a payout names and nobody had published',
    known: [lock('p-1', [100], day(40), 2)],
    late: [terms('affiliate', 2, day(90), rewarding('first_order'), day(35))],
    decided: [0, 100],
  },
  {
    when: 'an order that was placed before all others',
    late: [placed(ORDERS, 'c', day(19))],
    decided: [0, ORDERS],
  },
];

const many = fc.integer({ min: 0, max: 44 });
const moment = fc.integer({ min: 0, max: 60 }).map((days) => day(15 + days));
const happening: fc.Arbitrary<Written> = fc.oneof(
  fc.tuple(many, moment).map(([n, at]) => cancelled(orderId(n), at)),
  fc
    .tuple(many, moment, fc.constantFrom(100, 70_000))
    .map(([n, at, cents]) => refund(orderId(n), `r-${at}`, at, cents)),
  fc
    .tuple(many, moment, fc.constantFrom(0, 50_000))
    .map(([n, at, cents]) => amended(n, `a-${at}`, at, cents)),
  fc
    .tuple(
      fc.constantFrom('p-1', 'p-2', 'p-3'),
      fc.array(many, { minLength: 1, maxLength: 3 }),
      moment,
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([payoutId, orders, at, version]) => lock(payoutId, [...new Set(orders)], at, version)),
  fc
    .tuple(fc.constantFrom('p-1', 'p-2', 'p-3'), moment)
    .map(([payoutId, at]) => released(payoutId, at)),
  fc
    .tuple(many, fc.constantFrom('c', 'd'), moment)
    .map(([n, as, at]) => order(orderId(n), as, at, { visitor: 'v' })),
  fc
    .tuple(fc.constantFrom(2, 3), moment, fc.constantFrom(1, 2, 3), moment)
    .map(([version, from, count, at]) =>
      terms(
        'affiliate',
        version,
        from,
        count === 1 ? rewarding('every_order') : rewardingFirst(count),
        at,
      ),
    ),
);
/** Each comes once or more, in any order. */
const histories = fc.record({
  placings: fc.shuffledSubarray(
    Array.from({ length: 40 }, (_, n) => placed(n, 'c', day(20 + (n % 13), n))),
    { minLength: 40, maxLength: 40 },
  ),
  happenings: fc.array(fc.tuple(happening, fc.nat()), { maxLength: 24 }),
  batchSizes: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 6 }),
});

onEachDatabase((models) => {
  test.each(CASES)(
    `of a customer with ${String(ORDERS)} orders, $when decides $decided anew`,
    async ({ known = [], late, decided }) => {
      const orders = Array.from({ length: ORDERS }, (_, n) => placed(n));
      const before = [...smallProgramme(), ...known, clicked, ...orders];
      const log = recorded([...before, ...late]);
      const model = await models.afterLog(log.slice(0, before.length));
      await model.database.transaction(({ db }) =>
        db.updateTable('decisions').set({ reads: '[]' }).execute(),
      );
      await applyInBatches(model, log.slice(before.length), [100]);

      const anew = await model.database.reading.db
        .selectFrom('decisions')
        .select('order_id')
        .where('reads', '<>', '[]')
        .orderBy('order_id')
        .execute();
      expect(anew.map(({ order_id }) => order_id)).toEqual(decided.map(orderId));
      expect(await differing(model, gatherFacts(log.map(readFact)))).toEqual([]);
    },
    60_000,
  );

  test('whatever becomes of many orders of a customer, they are what all facts come to, live and rebuilt', async () => {
    const [live, rebuilt] = [await models.empty(), await models.empty()];
    await fc.assert(
      fc.asyncProperty(histories, async ({ placings, happenings, batchSizes }) => {
        await clear(live);
        await clear(rebuilt);
        const events: Written[] = [...placings];
        for (const [happening, at] of happenings)
          events.splice(at % (events.length + 1), 0, happening);
        const log = recorded([...smallProgramme(), clicked, ...events]);
        await applyInBatches(live, log, batchSizes);
        await applyInBatches(rebuilt, log, [1000]);
        expect(await differing(live, gatherFacts(log.map(readFact)))).toEqual([]);
        for (const table of TABLE_NAMES) {
          const { reading } = rebuilt.database;
          const compared = await compareTable(live.database.reading, reading, table);
          expect(compared.firstDifference).toBeNull();
        }
      }),
      models.runs,
    );
  }, 240_000);
});
