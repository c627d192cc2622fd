import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  amended,
  applied,
  approved,
  cancelled,
  closed,
  completed,
  coupon,
  day,
  disabled,
  factsOf,
  link,
  merchant,
  order,
  profileChanged,
  programme,
  published,
  refunded,
  reinstated,
  retargeted,
  scheduled,
  suspended,
  withdrawn,
} from '../../test/given.ts';
import { DEFAULT_TERMS } from '../terms.ts';
import { couponState } from './coupon-state.ts';
import { linkState } from './link-state.ts';
import { orderState } from './order-state.ts';
import { partnerState } from './partner-state.ts';
import { programmeState } from './programme-state.ts';

const LATER = PLACED + DAY;

describe('the state of a programme', () => {
  const facts = [
    ...programme('affiliate', {}, day(1)),
    published('affiliate', 2, day(9), { windowDays: 30 }, day(5)),
    closed('affiliate', day(20)),
  ];
  test('is what its facts come to', () => {
    expect(programmeState(facts)).toEqual({
      programmeId: 'affiliate',
      name: 'affiliate',
      hosts: ['www.example.nl'],
      openedAt: day(1),
      closedAt: day(20),
      terms: [
        {
          termsVersion: 2,
          effectiveFrom: day(9),
          publishedAt: day(5),
          terms: { ...DEFAULT_TERMS, windowDays: 30 },
        },
        { termsVersion: 1, effectiveFrom: day(1), publishedAt: day(1), terms: DEFAULT_TERMS },
      ],
    });
  });
  test('is none before its opening is known', () => {
    expect(programmeState(facts.slice(1))).toBeNull();
  });
});

describe('the state of a partner', () => {
  test.for([
    { name: 'applied', facts: [], status: 'applied', suspendedAt: null },
    { name: 'approved', facts: [approved('anna')], status: 'approved', suspendedAt: null },
    {
      name: 'suspended',
      facts: [approved('anna'), suspended('anna', day(2))],
      status: 'suspended',
      suspendedAt: day(2),
    },
    {
      name: 'reinstated',
      facts: [approved('anna'), reinstated('anna', day(3)), suspended('anna', day(2))],
      status: 'approved',
      suspendedAt: null,
    },
    {
      name: 'suspended at the millisecond of the reinstating',
      facts: [approved('anna'), reinstated('anna', day(2)), suspended('anna', day(2))],
      status: 'suspended',
      suspendedAt: day(2),
    },
    {
      name: 'reinstated, but never approved',
      facts: [suspended('anna', day(1)), reinstated('anna', day(2))],
      status: 'applied',
      suspendedAt: null,
    },
  ])('$name', ({ facts, status, suspendedAt }) => {
    expect(partnerState([applied('anna'), ...facts])).toMatchObject({ status, suspendedAt });
  });

  test('carries the last profile and the first dates', () => {
    expect(
      partnerState([
        profileChanged('anna', day(5), ['finn']),
        approved('anna', day(3)),
        approved('anna', day(2)),
        applied('anna', day(1), ['eva']),
      ]),
    ).toMatchObject({
      customerKeys: [expect.stringMatching(/^finn-/)],
      appliedAt: day(1),
      approvedAt: day(2),
      suspensionReason: null,
    });
  });

  test('is none without a profile', () => {
    expect(partnerState([approved('anna')])).toBeNull();
  });
});

describe('the state of a link', () => {
  const other = 'https://www.example.nl/b';
  test('is what its facts come to', () => {
    expect(
      linkState([
        retargeted('anna', day(3), other),
        retargeted('anna', day(2), 'https://www.example.nl/a'),
        disabled('anna', day(9)),
        link('anna', 'anna', { at: day(1), utm: { source: 'blog' } }),
      ]),
    ).toEqual({
      code: 'anna',
      programmeId: 'affiliate',
      partnerId: 'anna',
      destination: other,
      utm: { source: 'blog' },
      label: null,
      createdAt: day(1),
      disabledAt: day(9),
    });
  });
  test('is none before its creation is known', () => {
    expect(linkState([disabled('anna', day(1))])).toBeNull();
  });
});

describe('the state of a coupon', () => {
  test.for([
    {
      name: 'valid from its issue by default',
      facts: [coupon('ANNA', 'anna', { at: day(1) })],
      state: { issuedAt: day(1), validFrom: day(1), validUntil: null, withdrawnAt: null },
    },
    {
      name: 'with its own dates',
      facts: [
        withdrawn('ANNA', day(4)),
        coupon('ANNA', 'anna', { validFrom: day(2), validUntil: day(9) }),
      ],
      state: { validFrom: day(2), validUntil: day(9), withdrawnAt: day(4) },
    },
  ])('$name', ({ facts, state }) => {
    expect(couponState(facts)).toMatchObject(state);
  });
  test('is none before its issue is known', () => {
    expect(couponState([withdrawn('ANNA', day(1))])).toBeNull();
  });
});

describe('the state of an order', () => {
  const { entities } = factsOf(
    merchant(),
    order({ codes: ['ANNA'] }),
    amended('o1', 'a1', LATER, 90_000),
    refunded('o1', 'r1', LATER, 10_000),
    completed('o1', LATER + 1),
    cancelled('o1', LATER + 2),
    scheduled('p1', 'anna', LATER + 3),
    amended('o1', 'a2', LATER + 4, 10),
  );

  test('is what its facts come to', () => {
    expect(orderState('o1', entities)).toMatchObject({
      placedAt: PLACED,
      currency: 'EUR',
      couponCodes: ['ANNA'],
      lines: [{ lineId: '1', amountCents: 90_000 }],
      linesCents: 90_000,
      refundsCents: 10_000,
      baseCents: 80_000,
      refunds: [{ refundId: 'r1', amountCents: 10_000, occurredAt: LATER }],
      completedAt: LATER + 1,
      cancelledAt: LATER + 2,
      shopId: null,
      externalId: null,
    });
  });

  test('is known in part before its placing is', () => {
    expect(orderState('o1', factsOf(refunded('o1', 'r1', LATER, 10)).entities)).toMatchObject({
      placedAt: null,
      currency: null,
      lines: [],
      refundsCents: 10,
      baseCents: 0,
    });
  });

  test('is none without a fact', () => {
    expect(orderState('o9', entities)).toBeNull();
  });

  test('comes from the set of facts', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...entities], { minLength: entities.length }),
        fc.subarray([...entities]),
        (shuffled, repeated) => {
          expect(orderState('o1', [...repeated, ...shuffled])).toEqual(orderState('o1', entities));
        },
      ),
    );
  });
});
