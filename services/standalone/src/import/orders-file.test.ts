import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temp-folder.ts';
import { readOrdersFile } from './orders-file.ts';

const NOW = Date.parse('2026-04-01T00:00:00Z');
const HEADER = 'order_id,placed_at,customer_email,currency,net_amount';

async function read(...lines: readonly string[]) {
  const file = join(temporaryFolder(), 'orders.csv');
  writeFileSync(file, lines.join('\n'));
  return readOrdersFile(file, NOW);
}

test('a short file needs five columns only, in any order', async () => {
  const { good, bad } = await read(
    'net_amount,currency,order_id,placed_at,customer_email',
    '795.5,EUR,web-1,2026-03-01T09:30:00+01:00,Jan@Example.nl',
  );
  expect(bad).toEqual([]);
  expect(good).toEqual([
    {
      line: 2,
      order: {
        orderId: 'web-1',
        placedAt: Date.parse('2026-03-01T08:30:00Z'),
        customerEmail: 'Jan@Example.nl',
        currency: 'EUR',
        netCents: 79_550,
        couponCodes: [],
        clickId: null,
        visitorId: null,
        completedAt: null,
        cancelledAt: null,
        refund: null,
      },
    },
  ]);
});

test('every column', async () => {
  const { good, bad } = await read(
    `${HEADER},coupon_codes,click_id,visitor_id,completed_at,cancelled_at,refunded_net_amount,refunded_at`,
    '"web-1",2026-03-01T09:30:00Z,a@b.nl,EUR,100.00,"a1; B2",c-1,visitor-01,2026-03-02T00:00:00Z,,40,2026-03-03T00:00:00Z',
  );
  expect(bad).toEqual([]);
  expect(good[0]?.order).toMatchObject({
    couponCodes: ['a1', 'B2'],
    clickId: 'c-1',
    visitorId: 'visitor-01',
    completedAt: Date.parse('2026-03-02T00:00:00Z'),
    refund: { cents: 4000, at: Date.parse('2026-03-03T00:00:00Z') },
  });
});

describe('a bad row is told with its line, its column and what would be right', () => {
  const more = ',refunded_net_amount,refunded_at,completed_at';
  test.each([
    ['order_id', '-x,2026-03-01T09:30:00Z,a@b.nl,EUR,10', 'an order id such as'],
    ['placed_at', 'w-1,2026-03-01 09:30,a@b.nl,EUR,10', 'with its zone'],
    ['placed_at', 'w-1,2026-02-30T09:30:00Z,a@b.nl,EUR,10', 'with its zone'],
    ['placed_at', 'w-1,2062-03-01T09:30:00Z,a@b.nl,EUR,10', 'a moment up to now'],
    [
      'refunded_at',
      'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,10,5,2026-04-01T00:00:00.001Z',
      'up to now',
    ],
    ['customer_email', 'w-1,2026-03-01T09:30:00Z,ab.nl,EUR,10', 'an e-mail address'],
    ['currency', 'w-1,2026-03-01T09:30:00Z,a@b.nl,euro,10', 'ISO 4217'],
    ['currency', 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUO,10', 'ISO 4217'],
    ['net_amount', 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,"10,00"', 'with a point'],
    ['net_amount', 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,-5', 'with a point'],
    ['net_amount', 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR', 'with a point'],
    [
      'refunded_net_amount',
      'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,10,11,2026-03-02T00:00:00Z',
      'at most net_amount',
    ],
    ['refunded_at', 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,10,5,', 'needed with a refund'],
    [
      'completed_at',
      'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,10,,,2026-02-01T00:00:00Z',
      'from placed_at up to now',
    ],
  ])('%s: %s', async (column, row, expected) => {
    const { good, bad } = await read(HEADER + more, 'w-0,2026-03-01T09:30:00Z,a@b.nl,EUR,1', row);
    expect(good).toHaveLength(1);
    expect(bad).toMatchObject([{ line: 3, problems: [{ column }] }]);
    expect(bad[0]?.problems[0]?.expected).toContain(expected);
  });

  test('all that is wrong with it at once', async () => {
    const { bad } = await read(HEADER, 'w-1,yesterday,nobody,EUR,ten');
    const columns = bad[0]?.problems.map(({ column }) => column);
    expect(columns).toEqual(['placed_at', 'net_amount', 'customer_email']);
  });

  test('an amount with a comma and no quotes', async () => {
    const { bad } = await read(HEADER, 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,10,00');
    expect(bad).toMatchObject([{ line: 2, problems: [{ column: null }] }]);
  });

  test('an order that stands in the file twice', async () => {
    const row = 'w-1,2026-03-01T09:30:00Z,a@b.nl,EUR,10';
    const { good, bad } = await read(HEADER, row, '', row);
    expect(good).toHaveLength(1);
    expect(bad).toMatchObject([{ line: 4, problems: [{ column: 'order_id' }] }]);
  });
});

describe('a file that is none', () => {
  test.each([
    ['no column names', ['w-1,2026-03-01T09:30:00Z'], 'it lacks order_id, placed_at'],
    ['a column missing', ['order_id,placed_at,currency,net_amount'], 'it lacks customer_email'],
    ['a column too many', [`${HEADER},total`], 'it has "total", which is no column'],
    ['nothing', [''], 'is empty'],
    ['an open quote', [HEADER, '"w-1,2026'], 'is no proper CSV'],
  ])('%s', async (_, lines, message) => {
    await expect(read(...lines)).rejects.toThrow(message);
  });
});
