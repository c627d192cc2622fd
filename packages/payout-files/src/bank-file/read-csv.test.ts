import { describe, expect, test } from 'vitest';
import { containing, matching } from '../../test/matching.ts';
import { mistakesIn, reportOf } from '../../test/bank-files.ts';

const header = 'payout_id,status,amount,currency,date,reason';
const file = (...lines: string[]) => [header, ...lines, ''].join('\r\n');

describe('a bank file as CSV', () => {
  test('says what was paid and what failed', () => {
    const text = file(
      'p1,paid,50.01,EUR,2026-12-01,',
      'p2,failed,,,,"Account, closed"',
      'p3,paid,1234.5,EUR,2026-12-01T10:00:00Z,',
      'p4,paid,12,EUR,,',
    );
    expect(reportOf(`\uFEFF${text}`)).toEqual({
      format: 'csv',
      messages: [],
      ignored: [],
      payments: [
        {
          endToEndId: 'p1',
          messageId: null,
          outcome: 'paid',
          amountCents: 5001,
          currency: 'EUR',
          at: { kind: 'day', day: '2026-12-01' },
          reason: null,
          where: 'line 2',
        },
        {
          endToEndId: 'p2',
          messageId: null,
          outcome: 'failed',
          amountCents: null,
          currency: null,
          at: null,
          reason: 'Account, closed',
          where: 'line 3',
        },
        expect.objectContaining({
          amountCents: 123_450,
          at: { kind: 'instant', at: Date.UTC(2026, 11, 1, 10) },
        }),
        expect.objectContaining({ amountCents: 1200, at: null, where: 'line 5' }),
      ],
    });
  });

  test('may have its columns in another order, and more of them', () => {
    const text = 'status,note,payout_id,reason,date,currency,amount\npaid,x,p1,,,EUR,1.00\n';
    expect(reportOf(text)).toMatchObject({
      payments: [{ endToEndId: 'p1', amountCents: 100 }],
      ignored: [{ where: 'line 1', why: containing('"note"') }],
    });
  });

  test.each([
    ['p1,paid,"12,50",EUR,2026-12-01,', 'Amount "12,50"', '1234.50'],
    ['p1,paid,12,50,EUR,2026-12-01,', 'It has 7 values, the header 6', 'quotes'],
    ['p1,paid,"1,234.50",EUR,2026-12-01,', 'Amount "1,234.50"', '1234.50'],
    ['p1,paid,1.234,EUR,2026-12-01,', 'Amount "1.234"', '1234.50'],
    ['p1,paid,,EUR,2026-12-01,', 'Amount ""', '1234.50'],
    ['p1,paid,-1.00,EUR,2026-12-01,', 'Amount "-1.00"', 'above zero'],
    ['p1,paid,0.00,EUR,2026-12-01,', 'Amount "0.00"', 'above zero'],
    ['p1,paid,1e3,EUR,2026-12-01,', 'Amount "1e3"', '1234.50'],
    ['p1,paid,1.00,eur,2026-12-01,', '"eur" is no currency', 'EUR'],
    ['p1,paid,1.00,,2026-12-01,', '"" is no currency', 'EUR'],
    ['p1,PAID,1.00,EUR,2026-12-01,', 'Status "PAID"', 'paid, failed, returned'],
    ['p1,pending,1.00,EUR,2026-12-01,', 'Status "pending"', 'paid, failed, returned'],
    ['p1,paid,1.00,EUR,1-12-2026,', 'Date "1-12-2026"', '2026-12-01'],
    ['p1,paid,1.00,EUR,2026-02-30,', 'Date "2026-02-30"', '2026-12-01'],
    [',paid,1.00,EUR,2026-12-01,', '"" is no payout id', 'payouts CSV'],
    ['"p 1",paid,1.00,EUR,2026-12-01,', '"p 1" is no payout id', 'payouts CSV'],
    ['p1,pa"id,1.00,EUR,2026-12-01,', 'Not CSV', 'quote'],
    ['p1,paid,1.00,EUR,2026-12-01,"never closed', 'Not CSV', 'quote'],
  ])('%s is a mistake', (line, problem, expected) => {
    const [mistake] = mistakesIn(file('p0,paid,1.00,EUR,,', line));
    expect(mistake).toEqual({
      where: matching(/^line [34]$/),
      problem: containing(problem),
      expected: containing(expected),
    });
  });

  describe('of a spreadsheet that writes amounts with a comma', () => {
    const ofSpreadsheet = (...lines: string[]) =>
      ['payout_id;status;amount;currency;date;reason', ...lines, ''].join('\r\n');

    test.each([
      ['242,00', 24_200],
      ['242,5', 24_250],
      ['242', 24_200],
      ['1242.50', 124_250],
    ])('%s is an amount', (amount, amountCents) => {
      const text = ofSpreadsheet(`p1;paid;${amount};EUR;2026-03-02;"left, as asked"`);
      expect(reportOf(`\uFEFF${text}`).payments).toMatchObject([
        { endToEndId: 'p1', amountCents, currency: 'EUR', reason: 'left, as asked' },
      ]);
    });

    test.each(['2-3-2026', '02-03-2026', '2/3/2026', '02.03.2026', '2026-03-02'])(
      '%s is the second of March',
      (date) => {
        expect(reportOf(ofSpreadsheet(`p1;failed;;;${date};`)).payments).toMatchObject([
          { at: { kind: 'day', day: '2026-03-02' } },
        ]);
      },
    );

    test.each([
      ['p1;paid;1.242,00;EUR;2-3-2026;', 'Amount "1.242,00"'],
      ['p1;paid;1.242;EUR;2-3-2026;', 'Amount "1.242"'],
      ['p1;paid;242,00;EUR;30-2-2026;', 'Date "2026-02-30"'],
      ['p1;paid;242,00;EUR;2-3-26;', 'Date "2-3-26"'],
    ])('%s is a mistake', (line, problem) => {
      expect(mistakesIn(ofSpreadsheet(line))).toMatchObject([{ problem: containing(problem) }]);
    });
  });

  test('has all its mistakes listed', () => {
    const text = file('p1,paid,x,EUR,,', 'p2,nope,y,EUR,,', 'p3,paid,1.00,EUR,,');
    expect(mistakesIn(text).map(({ where }) => where)).toEqual(['line 2', 'line 3', 'line 3']);
  });

  test.each(['paid', 'failed'])('may not have a payout twice, paid and %s', (status) => {
    const text = file('p1,paid,1.00,EUR,,', `p1,${status},1.00,EUR,,`);
    expect(mistakesIn(text, { fileName: 'december.csv' })).toEqual([
      {
        where: 'december.csv, line 3',
        problem: 'Payout p1 is paid at line 2 already.',
        expected: 'one statement about each payout',
      },
    ]);
  });

  test.each([
    ['payout_id;status;amount;currency;date', 'needs reason'],
    ['payout_id;status,amount;currency;date;reason', 'needs status, amount'],
    ['payout_id,status,amount,date,reason', 'needs currency'],
    [`${header},status`, 'needs status exactly once'],
    ['hello', 'needs payout_id'],
  ])('with the header %j is a mistake', (line, problem) => {
    expect(mistakesIn(`${line}\n`)).toEqual([
      { where: 'line 1', problem: containing(problem), expected: header },
    ]);
  });
});
