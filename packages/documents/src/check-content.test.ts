import { describe, expect, test } from 'vitest';
import { sampleContent } from '../test/samples.ts';
import { checkContent } from './check-content.ts';
import type { DocumentContent } from './index.ts';

const invoice = sampleContent('self_billing_invoice', 'standard', 'nl');
const [line, otherLine] = invoice.lines;
const [group] = invoice.vat;
if (line === undefined || otherLine === undefined || group === undefined)
  throw new Error('the sample has two lines and a VAT group');

interface Refusal {
  readonly of: string;
  readonly content: DocumentContent;
  readonly code: string;
  readonly path: string;
}

const REFUSALS: readonly Refusal[] = [
  {
    of: 'a net total that the lines do not make',
    content: { ...invoice, netCents: invoice.netCents + 1 },
    code: 'sums_differ',
    path: 'netCents',
  },
  {
    of: 'a VAT total that the groups do not make',
    content: { ...invoice, vatCents: invoice.vatCents - 1 },
    code: 'sums_differ',
    path: 'vatCents',
  },
  {
    of: 'a total that is not net and VAT',
    content: { ...invoice, totalCents: invoice.totalCents + 1 },
    code: 'sums_differ',
    path: 'totalCents',
  },
  {
    of: 'a VAT base that its lines do not make',
    content: { ...invoice, vat: [{ ...group, netCents: group.netCents - 1 }] },
    code: 'sums_differ',
    path: 'vat[0].netCents',
  },
  {
    of: 'VAT that is not the rate of its base',
    content: { ...invoice, vat: [{ ...group, vatCents: group.vatCents + 1 }] },
    code: 'sums_differ',
    path: 'vat[0].vatCents',
  },
  {
    of: 'a VAT group without lines',
    content: { ...invoice, vat: [group, { ...group, rateBps: 900 }] },
    code: 'sums_differ',
    path: 'vat[1].netCents',
  },
  {
    of: 'a VAT group that stands there twice',
    content: { ...invoice, vat: [group, group] },
    code: 'sums_differ',
    path: 'vat[1].netCents',
  },
  {
    of: 'lines that no VAT group has',
    content: { ...invoice, vat: [] },
    code: 'sums_differ',
    path: 'vat',
  },
  {
    of: 'orders that do not make their line',
    content: { ...invoice, orders: invoice.orders.map((order) => ({ ...order, netCents: 1 })) },
    code: 'sums_differ',
    path: 'orders of spaak: netCents',
  },
  {
    of: 'another number of orders than the line says',
    content: { ...invoice, lines: [{ ...line, orders: 4 }, otherLine] },
    code: 'sums_differ',
    path: 'orders of spaak: count',
  },
  {
    of: 'an order of a programme without a line',
    content: {
      ...invoice,
      orders: [...invoice.orders, { orderId: 'x', programmeId: 'other', netCents: 0 }],
    },
    code: 'sums_differ',
    path: 'orders of other',
  },
  {
    of: 'no lines',
    content: { ...invoice, lines: [], vat: [], orders: [] },
    code: 'missing',
    path: 'lines',
  },
  {
    of: 'a negative line',
    content: { ...invoice, lines: [{ ...line, netCents: -1 }, otherLine] },
    code: 'not_allowed',
    path: 'lines[0].netCents',
  },
  {
    of: 'a rate where no VAT is due',
    content: {
      ...invoice,
      lines: [line, { ...otherLine, treatment: 'reverse_charge' }],
    },
    code: 'not_allowed',
    path: 'lines[1].rateBps',
  },
  {
    of: 'what is outside the scope among other lines',
    content: {
      ...invoice,
      lines: [line, { ...otherLine, treatment: 'outside_scope', rateBps: 0 }],
    },
    code: 'not_allowed',
    path: 'lines[1].treatment',
  },
  {
    of: 'an invoice of a private person',
    content: { ...sampleContent('payout_statement', 'no_vat', 'nl'), kind: 'self_billing_invoice' },
    code: 'not_allowed',
    path: 'lines[0].treatment',
  },
  {
    of: 'a payout statement of a business',
    content: { ...invoice, kind: 'payout_statement' },
    code: 'not_allowed',
    path: 'lines[0].treatment',
  },
];

describe('a document is refused for', () => {
  test.each(REFUSALS)('$of', ({ content, code, path }) => {
    expect(() => checkContent(content)).toThrow(expect.objectContaining({ code, path }));
  });
});

test('a document without a specification of its orders is none the worse', () => {
  expect(() => checkContent({ ...invoice, orders: [] })).not.toThrow();
});

test('the message says which sum of which document, what it is and what it should be', () => {
  const content = { ...invoice, totalCents: 1 };
  expect(() => checkContent(content)).toThrow(
    'Document jansen-0007: totalCents: is 1, but its parts make 160220',
  );
});
