import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { netRefunds } from './refund-shares.ts';

/** Lines of €1,000.00, 21 % VAT, shipping of €12.10. */
const totals = { grossCents: 122_210, linesCents: 100_000 };

test.each([
  ['all at once', [122_210], [100_000]],
  ['a part', [12_100], [9_901]],
  ['a part, then the rest', [12_100, 110_110], [9_901, 90_099]],
  ['three uneven parts', [1, 1, 122_208], [1, 1, 99_998]],
  ['more than there was', [122_210, 100], [100_000, 0]],
  ['nothing', [], []],
])('%s', (_name, gross, net) => {
  const refunds = gross.map((grossCents, index) => ({ refundId: index + 1, grossCents }));
  expect(netRefunds(refunds, totals).map(({ amountCents }) => amountCents)).toEqual(net);
});

test('nothing of an order that cost nothing', () => {
  const refunds = [{ refundId: 1, grossCents: 100 }];
  expect(netRefunds(refunds, { grossCents: 0, linesCents: 0 })).toEqual([
    { refundId: 1, amountCents: 0 },
  ]);
});

const refunds = fc.uniqueArray(
  fc.record({ refundId: fc.integer({ min: 1 }), grossCents: fc.integer({ min: 0, max: 50_000 }) }),
  { selector: ({ refundId }) => refundId, maxLength: 8 },
);

test('no cent is lost or made, no share is negative, and earlier shares stay when another comes', () => {
  fc.assert(
    fc.property(
      refunds,
      fc.integer({ min: 1, max: 200_000 }),
      fc.integer({ min: 0, max: 1 << 17 }),
      (refunds, grossCents, share) => {
        const totals = { grossCents, linesCents: Math.min(share, grossCents) };
        const shares = netRefunds(refunds, totals);
        const sum = shares.reduce((cents, { amountCents }) => cents + amountCents, 0);
        const gross = refunds.reduce((cents, refund) => cents + refund.grossCents, 0);
        expect(shares.every(({ amountCents }) => amountCents >= 0)).toBe(true);
        expect(sum).toBeLessThanOrEqual(totals.linesCents);
        expect(gross < grossCents || sum === totals.linesCents).toBe(true);
        const byId = [...refunds].sort((a, b) => a.refundId - b.refundId);
        expect(netRefunds(byId.slice(0, -1), totals)).toEqual(shares.slice(0, -1));
      },
    ),
  );
});
