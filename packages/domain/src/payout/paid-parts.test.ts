import { expect, test } from 'vitest';
import { DAY, PLACED, payoutCancelled, scheduled } from '../../test/given.ts';
import type { Fact, FactOfType } from '../event-catalogue.ts';
import { paidPartsOf, taxedParts } from './paid-parts.ts';
import type { PaidPart } from './paid-parts.ts';
import type { VatTreatment } from './tax.ts';

const STANDARD = { treatment: 'standard', rateBps: 2100 } as const;
/** The standard rate of before October 2012. */
const FORMER = { treatment: 'standard', rateBps: 1900 } as const;
const EXEMPT = { treatment: 'small_business', rateBps: 0 } as const;

interface Tax {
  readonly treatment: VatTreatment;
  readonly rateBps: number;
}

/** A payout of one order: what it pays, or takes back, and how what it pays is taxed. */
function payout(day: number, cents: number, tax: Tax): FactOfType<'PayoutScheduled'> {
  const made = scheduled(`p${String(day)}`, 'anna', PLACED + day * DAY, [{ order: 'o1', cents }]);
  const vat = [{ kind: 'invoiced', ...tax, netCents: cents, vatCents: 0 } as const];
  return { ...made, position: day, data: { ...made.data, vat } };
}

const cancelled = (payoutId: string) => payoutCancelled(payoutId, 'anna', PLACED + 9 * DAY);

test.for<{ history: string; facts: Fact[]; paid: (readonly [string, number, Tax])[] }>([
  {
    history: 'paid',
    facts: [payout(1, 100, STANDARD)],
    paid: [['p1', 100, STANDARD]],
  },
  {
    history: 'paid, and a part of it taken back under another profile',
    facts: [payout(1, 100, STANDARD), payout(2, -40, EXEMPT)],
    paid: [['p1', 60, STANDARD]],
  },
  {
    history: 'paid, taken back, and paid again under another profile',
    facts: [payout(1, 100, STANDARD), payout(2, -100, STANDARD), payout(3, 100, EXEMPT)],
    paid: [['p3', 100, EXEMPT]],
  },
  {
    history: 'the same, and what took it back was cancelled',
    facts: [
      payout(1, 100, STANDARD),
      payout(2, -100, STANDARD),
      payout(3, 100, EXEMPT),
      cancelled('p2'),
    ],
    paid: [
      ['p1', 100, STANDARD],
      ['p3', 100, EXEMPT],
    ],
  },
  {
    history: 'then what was paid twice is taken back: the last of it',
    facts: [
      payout(1, 100, STANDARD),
      payout(2, -100, STANDARD),
      payout(3, 100, EXEMPT),
      cancelled('p2'),
      payout(4, -100, STANDARD),
    ],
    paid: [['p1', 100, STANDARD]],
  },
  {
    history: 'paid at a rate that has changed since',
    facts: [payout(1, 100, FORMER), payout(2, 50, STANDARD), payout(3, -60, STANDARD)],
    paid: [['p1', 90, FORMER]],
  },
  {
    history: 'paid by a payout that was cancelled',
    facts: [payout(1, 100, STANDARD), cancelled('p1')],
    paid: [],
  },
])('of an order that was $history', ({ facts, paid }) => {
  const parts = paidPartsOf(facts).get('o1') ?? [];
  expect(parts.map(({ payoutId, amountCents, ...tax }) => [payoutId, amountCents, tax])).toEqual(
    paid,
  );
});

const PAID: readonly PaidPart[] = [
  { payoutId: 'p1', amountCents: 100, ...FORMER },
  { payoutId: 'p2', amountCents: 50, ...EXEMPT },
];

test.for<[cents: number, parts: (readonly [number, Tax, string | null])[]]>([
  [70, [[70, STANDARD, null]]],
  [-20, [[-20, EXEMPT, 'p2']]],
  [
    -120,
    [
      [-50, EXEMPT, 'p2'],
      [-70, FORMER, 'p1'],
    ],
  ],
  [
    -160,
    [
      [-50, EXEMPT, 'p2'],
      [-100, FORMER, 'p1'],
      [-10, STANDARD, null],
    ],
  ],
])('a line of %i is taxed as what it takes back was, and else as now', ([cents, parts]) => {
  const taxed = taxedParts(cents, PAID, STANDARD);
  expect(taxed.map(({ amountCents, paidIn, ...tax }) => [amountCents, tax, paidIn])).toEqual(parts);
});
