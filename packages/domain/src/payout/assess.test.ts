import { describe, expect, test } from 'vitest';
import { DAY, SEALED, customerKey, day, uuid } from '../../test/given.ts';
import { MOST_PAYOUT_LINES } from '../events/payout-events.ts';
import type { PartnerState } from '../state/partner-state.ts';
import type { PayoutTerms } from './payout-terms.ts';
import { assessPayout } from './assess.ts';
import type { PayoutCandidate } from './assess.ts';
import type { OpenItem } from './open-items.ts';
import { unsettled } from './settlements.ts';
import type { TaxProfile } from './tax.ts';

const NOW = day(100);
const MOMENTS = { at: NOW, cutOff: NOW, coolingMs: 3 * DAY };

const TERMS: PayoutTerms = {
  thresholdCents: 5000,
  minimumCustomers: 0,
  schedules: [{ kind: 'on_demand' }],
};

function anna(
  changes: Partial<PartnerState> = {},
  taxProfile: TaxProfile = 'nl_business',
): PartnerState {
  return {
    partnerId: 'anna',
    status: 'approved',
    profile: SEALED,
    customerKeys: [],
    appliedAt: day(0),
    approvedAt: day(0),
    suspendedAt: null,
    suspensionReason: null,
    payoutDetails: {
      payoutDetailsId: uuid(9),
      changedAt: day(1),
      taxProfile,
      accountKey: customerKey('account'),
      details: SEALED,
    },
    selfBilling: { agreement: 'self-billing-1', agreedAt: day(1) },
    review: null,
    ...changes,
  };
}

const item = (orderId: string, earnedCents: number, changes: Partial<OpenItem> = {}): OpenItem => ({
  orderId,
  partnerId: 'anna',
  currency: 'EUR',
  programmeId: 'affiliate',
  termsVersion: 1,
  touchId: uuid(1),
  customer: customerKey('eva'),
  earnedCents,
  payableFrom: day(50),
  settlement: unsettled('anna', 'EUR'),
  ...changes,
});

const candidate = (changes: Partial<PayoutCandidate> = {}): PayoutCandidate => ({
  partnerId: 'anna',
  currency: 'EUR',
  partner: anna(),
  terms: TERMS,
  items: [item('o1', 10_000)],
  customers: 1,
  lastPayoutAt: null,
  paid: new Map(),
  ...changes,
});

describe('what stands in the way', () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => item(`o${index}`, 100));
  const details = (changedAt: number) => {
    const known = anna().payoutDetails;
    return known === null ? {} : { payoutDetails: { ...known, changedAt } };
  };

  const inDollars = (partner: PartnerState): Partial<PayoutCandidate> => ({
    partner,
    currency: 'USD',
  });
  const standard = { treatment: 'standard', rateBps: 2100 } as const;
  const paidWithVat: Partial<PayoutCandidate> = {
    items: [
      item('o1', 10_000),
      item('o2', 0, { settlement: { ...unsettled('anna', 'USD'), paidCents: 1000 } }),
    ],
    paid: new Map([['o2', [{ payoutId: 'p1', amountCents: 1000, ...standard }]]]),
  };

  test.for<[string, Partial<PayoutCandidate>, readonly string[]]>([
    ['nothing', {}, []],
    ['nobody of that name', { partner: null }, ['not_approved', 'no_payout_details']],
    ['not approved yet', { partner: anna({ status: 'applied' }) }, ['not_approved']],
    [
      'suspended',
      { partner: anna({ status: 'suspended', suspendedAt: 1, suspensionReason: 'spam' }) },
      ['suspended'],
    ],
    [
      'under review',
      { partner: anna({ review: { reason: 'odd', openedAt: 1 } }) },
      ['under_review'],
    ],
    ['no account', { partner: anna({ payoutDetails: null }) }, ['no_payout_details']],
    ['an account changed a moment ago', { partner: anna(details(NOW - 1)) }, ['details_cooling']],
    [
      'changed a millisecond too late',
      { partner: anna(details(NOW - 3 * DAY + 1)) },
      ['details_cooling'],
    ],
    ['changed just long enough ago', { partner: anna(details(NOW - 3 * DAY)) }, []],
    ['no agreement', { partner: anna({ selfBilling: null }) }, ['no_self_billing_agreement']],
    ['a private person needs none', { partner: anna({ selfBilling: null }, 'private_person') }, []],
    ['no terms', { terms: null }, ['no_terms']],
    ['as many orders as stand in one payout', { items: items(MOST_PAYOUT_LINES) }, []],
    ['more orders', { items: items(MOST_PAYOUT_LINES + 1) }, ['too_many_orders']],
    [
      'too few customers',
      { terms: { ...TERMS, minimumCustomers: 3 }, customers: 2 },
      ['too_few_customers'],
    ],
    ['enough customers', { terms: { ...TERMS, minimumCustomers: 3 }, customers: 3 }, []],
    [
      'paid this month already',
      {
        terms: { ...TERMS, schedules: [{ kind: 'monthly', dayOfMonth: 1, timeZone: 'UTC' }] },
        lastPayoutAt: NOW - 1,
      },
      ['not_scheduled'],
    ],
    ['Dutch VAT in another currency', inDollars(anna()), ['vat_not_in_euros']],
    ['no VAT in another currency', inDollars(anna({}, 'private_person')), []],
    ['Dutch VAT that isn’t paid with it', inDollars(anna({}, 'eu_business')), []],
    [
      'Dutch VAT in another currency to be taken back only',
      { ...inDollars(anna({}, 'private_person')), ...paidWithVat },
      ['vat_not_in_euros'],
    ],
    [
      'several at once, all told',
      {
        partner: anna({ payoutDetails: null, review: { reason: 'odd', openedAt: 1 } }),
        terms: null,
      },
      ['under_review', 'no_payout_details', 'no_terms'],
    ],
  ])('%s', ([, changes, reasons]) => {
    const { blocks, status } = assessPayout(candidate(changes), MOMENTS);
    expect(blocks.map(({ reason }) => reason)).toEqual(reasons);
    expect(status).toBe(reasons.length > 0 ? 'blocked' : 'due');
  });
});

describe('the rate of VAT is that of the cut-off, by which commissions became payable', () => {
  test.for<[string, number]>([
    ['2012-09-30T21:59:59.999Z', 1900],
    ['2012-09-30T22:00:00.000Z', 2100],
  ])('%s: %i', ([cutOff, vatCents]) => {
    const items = [item('o1', 10_000, { payableFrom: 0 })];
    const moments = { ...MOMENTS, cutOff: Date.parse(cutOff) };
    expect(assessPayout(candidate({ items }), moments).vatCents).toBe(vatCents);
  });
});

describe('what would be paid', () => {
  const paidTooMuch = item('o2', 2000, {
    settlement: { ...unsettled('anna', 'EUR'), paidCents: 6000 },
  });

  test.for<[string, readonly OpenItem[], string, number, number]>([
    ['at the threshold', [item('o1', 5000)], 'due', 5000, 0],
    ['a cent below it', [item('o1', 4999)], 'below_threshold', 4999, 1],
    ['several orders together', [item('o1', 2500), item('o2', 2500)], 'due', 5000, 0],
    [
      'what is still in hold counts later',
      [item('o1', 5000), item('o2', 900, { payableFrom: NOW + 1 })],
      'due',
      5000,
      0,
    ],
    ['payable at the cut-off itself', [item('o1', 5000, { payableFrom: NOW })], 'due', 5000, 0],
    [
      'what waits for completion counts later',
      [item('o1', 5000, { payableFrom: null })],
      'below_threshold',
      0,
      5000,
    ],
    ['what was paid too much is taken back', [item('o1', 10_000), paidTooMuch], 'due', 6000, 0],
    [
      'more to take back than to pay',
      [item('o1', 1000), paidTooMuch],
      'below_threshold',
      -3000,
      8000,
    ],
    ['nothing at all', [], 'below_threshold', 0, 5000],
  ])('%s', ([, items, status, netCents, missingCents]) => {
    expect(assessPayout(candidate({ items }), MOMENTS)).toMatchObject({
      status,
      netCents,
      missingCents,
    });
  });

  test('nothing is paid at a threshold of zero when nothing is owed', () => {
    const terms = { ...TERMS, thresholdCents: 0 };
    expect(assessPayout(candidate({ terms, items: [] }), MOMENTS)).toMatchObject({
      status: 'below_threshold',
      missingCents: 1,
    });
  });

  test('a line per order, in the order of their ids, with what it is taxed as', () => {
    const items = [item('o3', 10_000), paidTooMuch];
    const exempt = { treatment: 'small_business', rateBps: 0 } as const;
    const paid = new Map([['o2', [{ payoutId: 'p1', amountCents: 10_000, ...exempt }]]]);
    const { lines, vat, vatCents, totalCents, clawbackCents } = assessPayout(
      candidate({ items, paid }),
      MOMENTS,
    );
    expect(lines.map(({ orderId, amountCents }) => [orderId, amountCents])).toEqual([
      ['o2', -4000],
      ['o3', 10_000],
    ]);
    expect(
      vat.map(({ kind, treatment, netCents, vatCents: cents }) => [
        kind,
        treatment,
        netCents,
        cents,
      ]),
    ).toEqual([
      ['invoiced', 'standard', 10_000, 2100],
      ['credited', 'small_business', -4000, 0],
    ]);
    expect({ vatCents, totalCents, clawbackCents }).toEqual({
      vatCents: 2100,
      totalCents: 8100,
      clawbackCents: 4000,
    });
  });
});
