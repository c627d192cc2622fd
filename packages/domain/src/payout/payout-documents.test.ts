import { describe, expect, test } from 'vitest';
import {
  DAY,
  PLACED,
  SEALED,
  recorded,
  scheduled,
  payoutCancelled,
  failed,
} from '../../test/given.ts';
import type { Fact, FactOfType } from '../event-catalogue.ts';
import type { DocumentKind } from '../events/document-events.ts';
import { documentNumber, documentsDue, linesOfDocument, taxedLines } from './payout-documents.ts';
import type { VatPart, VatTreatment } from './tax.ts';
import { vatParts } from './vat.ts';

type Scheduled = FactOfType<'PayoutScheduled'>;

/** A payout of these orders and cents, taxed as given; its place in the log is `position`. */
function payout(
  payoutId: string,
  position: number,
  lines: readonly (readonly [string, number])[],
  treatment: VatTreatment,
  credited: VatTreatment = treatment,
): Scheduled {
  const rate = (as: VatTreatment) => ({ treatment: as, rateBps: as === 'standard' ? 2100 : 0 });
  const vat: VatPart[] = [
    ...vatParts(
      lines.map(([, amountCents]) => ({
        amountCents,
        ...rate(amountCents < 0 ? credited : treatment),
      })),
    ),
  ];
  const made = scheduled(
    payoutId,
    'anna',
    PLACED + position * DAY,
    lines.map(([orderId, cents]) => ({ order: orderId, cents })),
  );
  return { ...made, position, data: { ...made.data, vat } };
}

function issued(
  number: string,
  kind: DocumentKind,
  payoutId: string,
  position: number,
  about: FactOfType<'DocumentIssued'>['data']['about'] = 'commissions',
  vat: FactOfType<'DocumentIssued'>['data']['vat'] = [],
  corrects: readonly string[] = [],
): Fact {
  const data: FactOfType<'DocumentIssued'>['data'] = {
    documentId: '0'.repeat(32),
    number,
    kind,
    about,
    payoutId,
    vat,
    partnerId: 'anna',
    currency: 'EUR',
    language: 'nl',
    issueDate: '2026-08-01',
    periodEnd: '2026-07-31',
    corrects: corrects.map((corrected) => ({ number: corrected, issueDate: '2026-07-01' })),
    lines: [],
    netCents: 0,
    vatCents: 0,
    totalCents: 0,
    parties: SEALED,
  };
  return { type: 'DocumentIssued', ...recorded(PLACED), position, data };
}

const told = (payoutId: string, facts: readonly Fact[]) =>
  documentsDue(payoutId, facts).map(
    ({ kind, corrects, netCents, vatCents, totalCents, lines }) => ({
      kind,
      corrects: corrects.map(({ number }) => number),
      cents: [netCents, vatCents, totalCents],
      orders: lines.map(({ orderId }) => orderId),
    }),
  );

describe('the documents that a payout needs', () => {
  test('an invoice, with VAT on the sum', () => {
    const facts = [
      payout(
        'p1',
        1,
        [
          ['o1', 3],
          ['o2', 6],
        ],
        'standard',
      ),
    ];
    expect(told('p1', facts)).toEqual([
      { kind: 'self_billing_invoice', corrects: [], cents: [9, 2, 11], orders: ['o1', 'o2'] },
    ]);
  });

  test('one statement for a private person, what is taken back included', () => {
    const facts = [
      payout(
        'p1',
        1,
        [
          ['o1', 9000],
          ['o2', -1000],
        ],
        'no_vat',
      ),
    ];
    expect(told('p1', facts)).toEqual([
      { kind: 'payout_statement', corrects: [], cents: [8000, 0, 8000], orders: ['o1', 'o2'] },
    ]);
  });

  test('a credit note for what is taken back, taxed as it was, naming the invoice', () => {
    const facts = [
      payout('p1', 1, [['o1', 10_000]], 'standard'),
      issued('anna-0001', 'self_billing_invoice', 'p1', 2),
      payout(
        'p2',
        3,
        [
          ['o1', -4000],
          ['o2', 9000],
        ],
        'small_business',
        'standard',
      ),
    ];
    expect(told('p2', facts)).toEqual([
      { kind: 'self_billing_invoice', corrects: [], cents: [9000, 0, 9000], orders: ['o2'] },
      { kind: 'credit_note', corrects: ['anna-0001'], cents: [4000, 840, 4840], orders: ['o1'] },
    ]);
  });

  test('none again once they are issued', () => {
    const facts = [
      payout('p1', 1, [['o1', 10_000]], 'standard'),
      issued('anna-0001', 'self_billing_invoice', 'p1', 2),
    ];
    expect(told('p1', facts)).toEqual([]);
  });

  test.for([
    ['cancelled', payoutCancelled('p1', 'anna', PLACED + 9 * DAY)],
    ['failed', failed('p1', 'anna', PLACED + 9 * DAY)],
  ] as const)('a credit note for all of it when it was %s after the invoice', ([, ended]) => {
    const vat = [
      { treatment: 'standard' as const, rateBps: 2100, netCents: 10_000, vatCents: 2100 },
    ];
    const facts = [
      payout('p1', 1, [['o1', 10_000]], 'standard'),
      issued('anna-0001', 'self_billing_invoice', 'p1', 2, 'commissions', vat),
      ended,
    ];
    expect(told('p1', facts)).toEqual([
      {
        kind: 'credit_note',
        corrects: ['anna-0001'],
        cents: [10_000, 2100, 12_100],
        orders: ['o1'],
      },
    ]);
    const undone = issued('anna-0002', 'credit_note', 'p1', 3, 'reversal', vat, ['anna-0001']);
    expect(told('p1', [...facts, undone])).toEqual([]);
  });

  test('an invoice again for a credit note of a payout that was cancelled', () => {
    const standard = { treatment: 'standard' as const, rateBps: 2100 };
    const facts = [
      payout('p1', 1, [['o1', 10_000]], 'standard'),
      issued('anna-0001', 'self_billing_invoice', 'p1', 2),
      payout(
        'p2',
        3,
        [
          ['o1', -4000],
          ['o2', 9000],
        ],
        'small_business',
        'standard',
      ),
      issued('anna-0002', 'self_billing_invoice', 'p2', 4, 'commissions', [
        { treatment: 'small_business', rateBps: 0, netCents: 9000, vatCents: 0 },
      ]),
      issued('anna-0003', 'credit_note', 'p2', 5, 'clawbacks', [
        { ...standard, netCents: 4000, vatCents: 840 },
      ]),
      payoutCancelled('p2', 'anna', PLACED + 9 * DAY),
    ];
    expect(told('p2', facts)).toEqual([
      { kind: 'credit_note', corrects: ['anna-0002'], cents: [9000, 0, 9000], orders: ['o2'] },
      {
        kind: 'self_billing_invoice',
        corrects: ['anna-0003'],
        cents: [4000, 840, 4840],
        orders: ['o1'],
      },
    ]);
  });

  test('none when it was cancelled before any was issued', () => {
    const facts = [
      payout('p1', 1, [['o1', 10_000]], 'standard'),
      payoutCancelled('p1', 'anna', PLACED + 9 * DAY),
    ];
    expect(told('p1', facts)).toEqual([]);
  });

  test('none for a payout that nobody scheduled', () => {
    expect(told('p1', [])).toEqual([]);
  });
});

test('numbers follow on without gaps, invoices and credit notes in one series, statements in another', () => {
  const facts = [
    issued('anna-0001', 'self_billing_invoice', 'p1', 2),
    issued('anna-S0001', 'payout_statement', 'p2', 3),
    issued('anna-0002', 'credit_note', 'p3', 4),
  ];
  expect([
    documentNumber('anna', 'invoices', facts),
    documentNumber('anna', 'statements', facts),
    documentNumber('bram', 'invoices', []),
  ]).toEqual(['anna-0003', 'anna-S0002', 'bram-0001']);
});

test('every line of a payout is on exactly one of its documents', () => {
  const facts = [
    payout('p1', 1, [['o1', 100]], 'standard'),
    payout(
      'p2',
      2,
      [
        ['o1', -20],
        ['o2', 900],
        ['o3', 50],
      ],
      'small_business',
      'standard',
    ),
  ];
  const lines = taxedLines('p2', facts);
  const shown = documentsDue('p2', facts).flatMap((due) => linesOfDocument(due, lines));
  expect(shown.map(({ orderId }) => orderId).sort()).toEqual(['o1', 'o2', 'o3']);
});

test('what two payouts paid in their ways is taken back on a credit note for each', () => {
  const facts = [
    payout('p1', 1, [['o1', 100]], 'standard'),
    payout('p2', 2, [['o1', 60]], 'small_business'),
    payout(
      'p3',
      3,
      [
        ['o1', -90],
        ['o2', 900],
      ],
      'small_business',
    ),
  ];
  const taken = told('p3', facts).filter(({ kind }) => kind === 'credit_note');
  expect(taken.map(({ cents, orders }) => [cents, orders])).toEqual([
    [[30, 6, 36], ['o1']],
    [[60, 0, 60], ['o1']],
  ]);
});
