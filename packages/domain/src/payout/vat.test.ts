import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { day } from '../../test/given.ts';
import { nlStandardRateBps } from './tax.ts';
import type { TaxProfile, VatPart } from './tax.ts';
import { selfAssessedVatCents, vatParts, vatRateBps, vatTreatmentOf } from './vat.ts';

const standard = (amountCents: number) =>
  ({ amountCents, treatment: 'standard', rateBps: 2100 }) as const;

test.for<[TaxProfile, string, number, number]>([
  ['nl_business', 'standard', 2100, 0],
  ['nl_small_business', 'small_business', 0, 0],
  ['private_person', 'no_vat', 0, 0],
  ['eu_business', 'reverse_charge', 0, 2100],
  ['non_eu_business', 'outside_scope', 0, 2100],
])('%s: %s', ([profile, treatment, rateBps, selfAssessedBps]) => {
  const treated = vatTreatmentOf(profile);
  expect([treated, vatRateBps(treated, day(0))]).toEqual([treatment, rateBps]);
  const part: VatPart = {
    kind: 'invoiced',
    treatment: treated,
    rateBps,
    netCents: 10_000,
    vatCents: 0,
  };
  expect(selfAssessedVatCents(part, day(0))).toBe(selfAssessedBps);
});

test.for<[string, number]>([
  ['2000-12-31T22:59:59.999Z', 1750],
  ['2000-12-31T23:00:00.000Z', 1900],
  ['2012-09-30T21:59:59.999Z', 1900],
  ['2012-09-30T22:00:00.000Z', 2100],
  ['2026-11-30T12:00:00.000Z', 2100],
])('the rate is that of the day in the Netherlands: %s', ([at, rateBps]) => {
  const moment = Date.parse(at);
  expect(nlStandardRateBps(moment)).toBe(rateBps);
  const part = { kind: 'invoiced', treatment: 'reverse_charge', rateBps: 0 } as const;
  expect(selfAssessedVatCents({ ...part, netCents: 10_000, vatCents: 0 }, moment)).toBe(rateBps);
});

describe('the parts of a payout', () => {
  test('VAT is that of the sum, not the sum of the lines’', () => {
    // Each line alone would round up to 1 cent.
    expect(vatParts([standard(3), standard(3), standard(3)])).toEqual([
      { kind: 'invoiced', treatment: 'standard', rateBps: 2100, netCents: 9, vatCents: 2 },
    ]);
  });

  test('half a cent is rounded away from zero, on both sides', () => {
    expect(vatParts([standard(50), standard(-50)]).map((part) => part.vatCents)).toEqual([11, -11]);
  });

  test('what is taken back is apart, and as it was taxed', () => {
    const amounts = [
      standard(10_000),
      { amountCents: -4000, treatment: 'small_business', rateBps: 0 } as const,
      standard(-1000),
    ];
    expect(vatParts(amounts)).toEqual([
      { kind: 'invoiced', treatment: 'standard', rateBps: 2100, netCents: 10_000, vatCents: 2100 },
      { kind: 'credited', treatment: 'standard', rateBps: 2100, netCents: -1000, vatCents: -210 },
      { kind: 'credited', treatment: 'small_business', rateBps: 0, netCents: -4000, vatCents: 0 },
    ]);
  });

  test('the order of the lines changes nothing, and nothing gets lost', () => {
    const amount = fc.record({
      amountCents: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      treatment: fc.constantFrom('standard' as const, 'no_vat' as const),
      rateBps: fc.constantFrom(0, 900, 2100),
    });
    fc.assert(
      fc.property(fc.array(amount), (amounts) => {
        const parts = vatParts(amounts);
        expect(vatParts(amounts.toReversed())).toEqual(parts);
        const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
        expect(sum(parts.map((part) => part.netCents))).toBe(
          sum(amounts.map(({ amountCents }) => amountCents)),
        );
      }),
    );
  });
});
