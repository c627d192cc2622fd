import assert from 'node:assert/strict';
import { z } from 'zod';
import { expectedSums, quarterOf } from './expected-sums.ts';
import { LARGEST, partnerIdOf, type TradeShape } from './trade-shape.ts';

const balance = z.object({
  pendingCents: z.int(),
  payableCents: z.int(),
  paidCents: z.int(),
  clawbackCents: z.int(),
});
const balances = z.object({ items: z.array(balance).length(1) });
const ownBalance = z.object({
  balances: z.array(balance).length(1),
  pending: z.array(z.object({ amountCents: z.int(), commissions: z.int() })),
});
const performance = z.object({
  rows: z.array(z.object({ orders: z.int(), clicks: z.int(), uniqueVisitors: z.int() })),
});
const listing = z.object({
  items: z.array(z.object({ orderId: z.string(), placedAt: z.string() })),
});
const decision = z.object({ orderId: z.string(), commission: z.unknown() });

/** Throws unless the answers are what the trade was made to come to. */
export function checkAnswers(answers: ReadonlyMap<string, string>, shape: TradeShape): void {
  const { ordersPerWeek, ...sums } = expectedSums(shape);
  const answerTo = (place: string): unknown => JSON.parse(answers.get(place) ?? 'null');
  const admin = balances.parse(answerTo(`/v1/balances?partnerId=${partnerIdOf(LARGEST)}`));
  assert.deepEqual(admin.items[0], sums);
  const own = ownBalance.parse(answerTo('/v1/me/balance'));
  assert.deepEqual(own.balances[0], sums);
  const pending = own.pending.reduce((sum, { amountCents }) => sum + amountCents, 0);
  assert.equal(pending, sums.pendingCents);
  const { from, to, weeks } = quarterOf(shape);
  for (const group of ['', '&groupBy=day', '&groupBy=campaign']) {
    const place = `/v1/me/performance?from=${from}&to=${to}${group}`;
    const { rows } = performance.parse(answerTo(place));
    assert.equal(sumOf(rows.map(({ orders }) => orders)), weeks * ordersPerWeek, place);
  }
  for (const [place, text] of answers) {
    const asked = new URL(place, 'http://api.example');
    if (asked.pathname.endsWith('/commissions')) checkOrder(JSON.parse(text), place);
    if (asked.pathname.endsWith('/decision')) {
      const found = decision.parse(JSON.parse(text));
      assert.ok(asked.pathname.includes(found.orderId), place);
    }
  }
}

function checkOrder(answer: unknown, place: string): void {
  const { items } = listing.parse(answer);
  const places = items.map(({ placedAt, orderId }) => `${placedAt} ${orderId}`);
  assert.deepEqual(places, places.toSorted().toReversed(), place);
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
