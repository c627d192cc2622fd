import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  applied,
  approved,
  cancelled,
  click,
  completed,
  day,
  factsOf,
  failed,
  link,
  merchant,
  order,
  paid,
  payoutCancelled,
  programme,
  published,
  refunded,
  rejected,
  restored,
  scheduled,
  withdrawn,
  writtenOff,
} from '../../test/given.ts';
import type { Given } from '../../test/given.ts';
import type { Terms } from '../terms.ts';
import { balanceOf } from './balance.ts';
import { journalDifference } from './journal-difference.ts';
import type { Account, JournalLine } from './journal-line.ts';
import { orderJournal } from './order-journal.ts';
import { vatParts, vatRateBps } from '../payout/vat.ts';
import type { VatTreatment } from '../payout/tax.ts';
import { payoutJournal, writeOffJournal } from './payout-journal.ts';

const RELEASE = PLACED + 14 * DAY;
const LATER = PLACED + DAY;
const PAYDAY = PLACED + 20 * DAY;
const PAYOUT = scheduled('p1', 'anna', PAYDAY);

/** Each line as `day account amount`, days counted from the placing. */
const told = (lines: readonly JournalLine[]) =>
  lines.map(({ effectiveAt, account, partnerId, amountCents }) =>
    [(effectiveAt - PLACED) / DAY, account, partnerId ?? '', amountCents].join(' '),
  );

const ORDINARY = [
  '0 commission_expense  10000',
  '0 partner_pending anna -10000',
  '14 partner_payable anna -10000',
  '14 partner_pending anna 10000',
];

describe('the journal of an order', () => {
  const journal = (given: readonly Given[], terms: Partial<Terms> = {}) =>
    told(
      orderJournal(
        'o1',
        factsOf(merchant(terms), click(1, 'anna', PLACED - DAY), order(), ...given),
      ),
    );

  test.for<[string, readonly Given[], readonly string[]]>([
    ['earned, and released from hold', [], ORDINARY],
    [
      'a refund in hold',
      [refunded('o1', 'r1', LATER, 40_000)],
      [
        '0 commission_expense  10000',
        '0 partner_pending anna -10000',
        '1 commission_expense  -4000',
        '1 partner_pending anna 4000',
        '14 partner_payable anna -6000',
        '14 partner_pending anna 6000',
      ],
    ],
    [
      'a refund after the hold',
      [refunded('o1', 'r1', PAYDAY, 40_000)],
      [...ORDINARY, '20 commission_expense  -4000', '20 partner_payable anna 4000'],
    ],
    [
      'a cancellation',
      [cancelled('o1', LATER)],
      [
        '0 commission_expense  10000',
        '0 partner_pending anna -10000',
        '1 commission_expense  -10000',
        '1 partner_pending anna 10000',
      ],
    ],
    [
      'rejected, and reinstated after the hold',
      [rejected('o1', 'anna', LATER), restored('o1', 'anna', PAYDAY)],
      [
        '0 commission_expense  10000',
        '0 partner_pending anna -10000',
        '1 commission_expense  -10000',
        '1 partner_pending anna 10000',
        '20 commission_expense  10000',
        '20 partner_payable anna -10000',
      ],
    ],
    ['a payout moves nothing here', [PAYOUT, paid('p1', 'anna', PAYDAY + DAY)], ORDINARY],
    [
      'an earlier order that was placed takes the reward from the beginning',
      [order({ id: 'o0', at: PLACED - 1 })],
      [],
    ],
    [
      'the earlier order is cancelled',
      [order({ id: 'o0', at: PLACED - 1 }), cancelled('o0', LATER)],
      [
        '1 commission_expense  10000',
        '1 partner_pending anna -10000',
        '14 partner_payable anna -10000',
        '14 partner_pending anna 10000',
      ],
    ],
    [
      'what cannot matter any more',
      [
        click(2, 'bram', LATER),
        withdrawn('ANNA', LATER),
        published('affiliate', 2, LATER, { holdDays: 1 }),
        order({ id: 'o2', at: LATER }),
      ],
      ORDINARY,
    ],
    [
      'terms that were published late and reach back',
      [published('affiliate', 2, day(1), { holdDays: 0 }, LATER)],
      [
        '0 commission_expense  10000',
        '0 partner_pending anna -10000',
        '1 partner_payable anna -10000',
        '1 partner_pending anna 10000',
      ],
    ],
  ])('%s', ([, given, lines]) => {
    expect(journal(given)).toEqual(lines);
  });

  const HELD_PENDING = ['0 commission_expense  10000', '0 partner_pending anna -10000'];
  const LOST_WHEN_PAYABLE = ['20 commission_expense  -10000', '20 partner_payable anna 10000'];
  const REGAINED = ['25 commission_expense  10000', '25 partner_payable anna -10000'];
  const second = order({ id: 'o2', at: PLACED + 1 });
  const lockOfSecond = scheduled('p2', 'anna', PAYDAY, [{ order: 'o2' }]);

  test.for<[string, readonly Given[], readonly string[]]>([
    [
      'a later order that was paid keeps the place until it is cancelled',
      [second, lockOfSecond, cancelled('o2', PLACED + 25 * DAY)],
      [...ORDINARY, ...LOST_WHEN_PAYABLE, ...REGAINED],
    ],
    [
      'or until its payout is',
      [second, lockOfSecond, payoutCancelled('p2', 'anna', PLACED + 25 * DAY)],
      [...ORDINARY, ...LOST_WHEN_PAYABLE, ...REGAINED],
    ],
    [
      'a payout under terms that are published only afterwards',
      [
        published('affiliate', 2, PLACED + 30 * DAY, { holdDays: 0 }, PLACED + 25 * DAY),
        scheduled('p1', 'bram', PAYDAY, [{ terms: 2 }]),
      ],
      [
        ...ORDINARY,
        '20 clawback_receivable bram 10000',
        '20 partner_payable bram -10000',
        '25 clawback_receivable bram -10000',
        '25 partner_payable anna 10000',
      ],
    ],
  ])('%s', ([, given, lines]) => {
    expect(journal(given)).toEqual(lines);
  });

  test('the profile of a partner who had none shows a self-referral from then on', () => {
    const given = factsOf(
      programme('affiliate'),
      approved('cleo'),
      link('cleo', 'cleo'),
      click(1, 'cleo', PLACED),
      order(),
      applied('cleo', PAYDAY, ['eva']),
    );
    expect(told(orderJournal('o1', given)).slice(-2)).toEqual([
      '20 commission_expense  -10000',
      '20 partner_payable cleo 10000',
    ]);
  });

  test('a completion starts the hold, also with a refund to come', () => {
    const terms: Partial<Terms> = { holdFrom: 'completed', holdDays: 3 };
    const refund = refunded('o1', 'r1', PLACED + 10 * DAY, 40_000);
    expect(journal([completed('o1', LATER), refund], terms)).toEqual([
      ...HELD_PENDING,
      '4 partner_payable anna -10000',
      '4 partner_pending anna 10000',
      '10 commission_expense  -4000',
      '10 partner_payable anna 4000',
    ]);
  });

  test('a hold that waits for the completion', () => {
    const terms: Partial<Terms> = { holdFrom: 'completed', holdDays: 3 };
    expect(journal([completed('o1', LATER)], terms)).toEqual([
      '0 commission_expense  10000',
      '0 partner_pending anna -10000',
      '4 partner_payable anna -10000',
      '4 partner_pending anna 10000',
    ]);
  });

  test('no hold', () => {
    expect(journal([], { holdDays: 0 })).toEqual([
      '0 commission_expense  10000',
      '0 partner_payable anna -10000',
    ]);
  });

  test('a payout fixes the award, a cancelled one lets it go', () => {
    const toBram = [
      '0 commission_expense  10000',
      '0 partner_pending bram -10000',
      '14 partner_payable bram -10000',
      '14 partner_pending bram 10000',
    ];
    const toAnna = ['20 partner_payable anna -10000', '20 partner_payable bram 10000'];
    const backToBram = ['21 partner_payable anna 10000', '21 partner_payable bram -10000'];
    const locked = [click(2, 'bram', PLACED), PAYOUT];
    expect(journal(locked)).toEqual([...toBram, ...toAnna]);
    expect(journal([...locked, payoutCancelled('p1', 'anna', PAYDAY + DAY)])).toEqual([
      ...toBram,
      ...toAnna,
      ...backToBram,
    ]);
  });

  test('nothing for an order that is not there', () => {
    expect(orderJournal('o9', factsOf(merchant(), order()))).toEqual([]);
  });
});

describe('the journal of a payout', () => {
  const SCHEDULED = ['20 partner_payable anna 10000', '20 payouts_in_transit  -10000'];

  test.for<[string, readonly Given[], readonly string[]]>([
    ['scheduled', [], SCHEDULED],
    [
      'paid',
      [paid('p1', 'anna', PAYDAY + DAY)],
      [...SCHEDULED, '21 bank  -10000', '21 payouts_in_transit  10000'],
    ],
    [
      'failed',
      [failed('p1', 'anna', PAYDAY + DAY)],
      [...SCHEDULED, '21 partner_payable anna -10000', '21 payouts_in_transit  10000'],
    ],
    [
      'cancelled',
      [payoutCancelled('p1', 'anna', PAYDAY + DAY)],
      [...SCHEDULED, '21 partner_payable anna -10000', '21 payouts_in_transit  10000'],
    ],
    [
      'paid, and come back',
      [paid('p1', 'anna', PAYDAY + DAY), failed('p1', 'anna', PAYDAY + 2 * DAY)],
      [
        ...SCHEDULED,
        '21 bank  -10000',
        '21 payouts_in_transit  10000',
        '22 bank  10000',
        '22 partner_payable anna -10000',
      ],
    ],
    ['cancelled at its own millisecond', [payoutCancelled('p1', 'anna', PAYDAY)], []],
  ])('%s', ([, given, lines]) => {
    expect(told(payoutJournal('p1', factsOf(PAYOUT, ...given).entities))).toEqual(lines);
  });

  test.for<[string, VatTreatment, readonly string[]]>([
    [
      'VAT on top is deductible, and transferred',
      'standard',
      [
        '20 clawback_receivable anna -333',
        '20 partner_payable anna 10050',
        '20 payouts_in_transit  -11758',
        '20 vat_deductible  2041',
      ],
    ],
    ...(['reverse_charge', 'outside_scope'] as const).map(
      (treatment): [string, VatTreatment, readonly string[]] => [
        `VAT under ${treatment} is due and deductible, and not transferred`,
        treatment,
        [
          '20 clawback_receivable anna -333',
          '20 partner_payable anna 10050',
          '20 payouts_in_transit  -9717',
          '20 vat_deductible  2041',
          '20 vat_due  -2041',
        ],
      ],
    ),
    ...(['small_business', 'no_vat'] as const).map(
      (treatment): [string, VatTreatment, readonly string[]] => [
        `there is no VAT under ${treatment}`,
        treatment,
        [
          '20 clawback_receivable anna -333',
          '20 partner_payable anna 10050',
          '20 payouts_in_transit  -9717',
        ],
      ],
    ),
  ])('%s', ([, treatment, lines]) => {
    const payout = scheduled('p1', 'anna', PAYDAY, [
      { cents: 10_050 },
      { order: 'o2', cents: -333 },
    ]);
    const rateBps = vatRateBps(treatment, PAYDAY);
    const vat = vatParts(payout.data.lines.map((line) => ({ ...line, treatment, rateBps })));
    const taxed = { ...payout, data: { ...payout.data, vat: [...vat] } };
    expect(told(payoutJournal('p1', factsOf(taxed).entities))).toEqual(lines);
  });

  test('nothing for one that was never scheduled', () => {
    expect(payoutJournal('p1', factsOf(paid('p1', 'anna', PAYDAY)).entities)).toEqual([]);
  });

  test.for([
    { name: 'a write-off lowers what is payable', account: 'partner_payable', cents: 700 },
    {
      name: 'a negative one what is to be taken back',
      account: 'clawback_receivable',
      cents: -700,
    },
  ])('$name', ({ account, cents }) => {
    const { entities } = factsOf(writtenOff('w1', 'anna', LATER, cents));
    expect(told(writeOffJournal('w1', entities))).toEqual([
      `1 ${account} anna ${cents}`,
      `1 write_offs  ${-cents}`,
    ]);
  });
});

describe('balances', () => {
  const facts = factsOf(
    merchant(),
    click(1, 'anna', PLACED - DAY),
    order(),
    PAYOUT,
    paid('p1', 'anna', PAYDAY + DAY),
    refunded('o1', 'r1', PAYDAY + 2 * DAY, 40_000),
  );
  const lines = [...orderJournal('o1', facts), ...payoutJournal('p1', facts.entities)];
  const held = (account: Account, asOf: number) =>
    balanceOf(lines, asOf).find((holding) => holding.account === account)?.amountCents ?? 0;

  test.for<[string, number, { payable: number; takenBack: number }]>([
    ['a millisecond before the release', RELEASE - 1, { payable: 0, takenBack: 0 }],
    ['at the release', RELEASE, { payable: -10_000, takenBack: 0 }],
    ['when the payout is scheduled', PAYDAY, { payable: 0, takenBack: 0 }],
    ['a refund after the payout is taken back', PAYDAY + 2 * DAY, { payable: 0, takenBack: 4000 }],
  ])('%s', ([, asOf, { payable, takenBack }]) => {
    expect(held('partner_payable', asOf)).toBe(payable);
    expect(held('clawback_receivable', asOf)).toBe(takenBack);
  });
});

describe('the entry for a change', () => {
  const line = (amountCents: number, effectiveAt: number): JournalLine => ({
    account: 'bank',
    partnerId: null,
    currency: 'EUR',
    amountCents,
    effectiveAt,
  });

  test.for<[string, JournalLine[], JournalLine[], JournalLine[]]>([
    ['nothing when nothing changed', [line(5, 1)], [line(5, 1)], []],
    ['a new line', [], [line(5, 1)], [line(5, 1)]],
    ['a vanished line, negated', [line(5, 1)], [], [line(-5, 1)]],
    ['a line at another moment', [line(5, 1)], [line(5, 2)], [line(-5, 1), line(5, 2)]],
    ['another amount: the difference', [line(5, 1)], [line(7, 1)], [line(2, 1)]],
  ])('%s', ([, before, after, entry]) => {
    expect(journalDifference(before, after)).toEqual(entry);
  });
});
