import { describe, expect, test } from 'vitest';
import { containing, matching } from '../../test/matching.ts';
import { entry, mistakesIn, reportOf, statement, transaction } from '../../test/bank-files.ts';

const returned = '<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Closed</AddtlInf></RtrInf>';
const amount = (text: string, currency = 'EUR') => `<Amt Ccy="${currency}">${text}</Amt>`;
const day = { kind: 'day', day: '2026-12-01' };

describe('a statement of account', () => {
  test('says what left the account', () => {
    const where = 'line 6, /Document/BkToCstmrStmt/Stmt/Ntry/NtryDtls/TxDtls';
    expect(reportOf(statement(entry('DBIT', transaction('p1'))))).toEqual({
      format: 'camt.053',
      payments: [
        {
          endToEndId: 'p1',
          messageId: null,
          outcome: 'paid',
          amountCents: 5001,
          currency: 'EUR',
          at: day,
          reason: null,
          where,
        },
      ],
      messages: [],
      ignored: [],
    });
  });

  test.each([
    ['beside the references, as of version 08', amount('20.00', 'USD')],
    [
      'in the details, as of version 02',
      `<AmtDtls><TxAmt>${amount('20', 'USD')}</TxAmt></AmtDtls>`,
    ],
    ['as instructed', `<AmtDtls><InstdAmt>${amount('20.00000', 'USD')}</InstdAmt></AmtDtls>`],
  ])('has the amount of one of several %s', (_, rest) => {
    const details = transaction('p1', rest) + transaction('p2');
    expect(reportOf(statement(entry('DBIT', details))).payments).toMatchObject([
      { amountCents: 2000, currency: 'USD' },
      { amountCents: null, currency: null },
    ]);
  });

  test('says what came back, and why', () => {
    expect(reportOf(statement(entry('CRDT', transaction('p1', returned)))).payments).toMatchObject([
      { endToEndId: 'p1', outcome: 'returned', reason: 'AC04: Closed', amountCents: 5001 },
    ]);
  });

  test('with a payment and its return, in either order, says both', () => {
    const paid = entry('DBIT', transaction('p1'));
    const back = entry('CRDT', transaction('p1', returned));
    for (const content of [paid + back, back + paid]) {
      const { payments, ignored } = reportOf(statement(content));
      expect(payments.map(({ outcome }) => outcome).sort()).toEqual(['paid', 'returned']);
      expect(ignored).toEqual([]);
    }
  });

  test.each([
    ['Btch', '<Btch><MsgId>run-1</MsgId><NbOfTxs>2</NbOfTxs></Btch>'],
    [
      'Btch with its sum',
      `<Btch><PmtInfId>run-1</PmtInfId><NbOfTxs>2</NbOfTxs><TtlAmt Ccy="EUR">50.01</TtlAmt></Btch>`,
    ],
    [
      'Refs',
      `<Btch><NbOfTxs>2</NbOfTxs></Btch><TxDtls><Refs><PmtInfId>run-1</PmtInfId><EndToEndId>NOTPROVIDED</EndToEndId></Refs></TxDtls>`,
    ],
  ])('says that a whole message was paid, by its %s', (_, details) => {
    expect(reportOf(statement(entry('DBIT', details)))).toMatchObject({
      payments: [],
      messages: [
        { messageId: 'run-1', outcome: 'paid', amountCents: 5001, currency: 'EUR', at: day },
      ],
    });
  });

  test('adds up a message that was booked in parts', () => {
    const part = (sum: string) =>
      entry('DBIT', '<Btch><MsgId>run-1</MsgId><NbOfTxs>2</NbOfTxs></Btch>', sum);
    expect(reportOf(statement(part('10.00') + part('0.02'))).messages).toMatchObject([
      { messageId: 'run-1', payments: 4, amountCents: 1002 },
    ]);
  });

  test('has other bookings, which are ignored with a note', () => {
    const content = [
      entry('DBIT', transaction('salary-1', amount('x'))),
      entry('DBIT', transaction('salary-1')),
      entry('DBIT', transaction('NOTPROVIDED')),
      entry('CRDT', transaction('p1')),
      entry('DBIT', transaction('p1')).replace('BOOK', 'PDNG'),
      entry('DBIT', ''),
      entry('DBIT', transaction('p1', returned)),
    ].join('\n');
    const report = reportOf(statement(content), { isPayoutId: (id) => id.startsWith('p') });
    expect([report.payments, report.messages]).toEqual([[], []]);
    expect(report.ignored.map(({ where }) => /Ntry(?:\[\d\])?/.exec(where)?.[0])).toEqual([
      'Ntry',
      ...[2, 3, 4, 5, 6, 7].map((number) => `Ntry[${number}]`),
    ]);
  });

  test('has other payment orders, booked as one sum, which are ignored with a note', () => {
    const batch = (id: string) => `<Btch><MsgId>${id}</MsgId><NbOfTxs>2</NbOfTxs></Btch>`;
    const unnamed = `<TxDtls><Refs><MsgId>salaries</MsgId><EndToEndId>NOTPROVIDED</EndToEndId></Refs>${returned}</TxDtls>`;
    const content = [
      entry('DBIT', batch('salaries')),
      entry('CRDT', unnamed),
      entry('DBIT', batch('run-1')),
    ].join('\n');
    const report = reportOf(statement(content), { isMessageId: (id) => id.startsWith('run') });
    expect(report.messages).toMatchObject([{ messageId: 'run-1' }]);
    expect(report.ignored.map(({ why }) => why)).toEqual([
      'salaries is no payment file.',
      'salaries is no payment file.',
    ]);
  });

  test.each(['2026-12-01', '2026-12-01+01:00', '2026-12-01Z'])('has days such as %s', (text) => {
    const content = entry('DBIT', transaction('p1')).replace('2026-12-01', text);
    expect(reportOf(statement(content)).payments).toMatchObject([{ at: day }]);
  });

  test.each(['2026-12-01+1', '2026-12-32+01:00', '2026-12-01 10:00'])('has no %s', (text) => {
    const content = entry('DBIT', transaction('p1')).replace('2026-12-01', text);
    expect(mistakesIn(statement(content))).toMatchObject([{ problem: containing(text) }]);
  });

  test('as a notification is camt.054, whatever the prefixes', () => {
    const text = statement(entry('DBIT', transaction('p1')))
      .replaceAll('BkToCstmrStmt', 'BkToCstmrDbtCdtNtfctn')
      .replaceAll('Stmt>', 'Ntfctn>')
      .replaceAll(/<(\/?)(?=[A-Z])/g, '<$1ns2:');
    expect(reportOf(text)).toMatchObject({ format: 'camt.054', payments: [{ endToEndId: 'p1' }] });
  });

  test.each([
    ['a payment twice', transaction('p1') + transaction('p1'), 'Payout p1 is paid'],
    ['a comma in an amount', transaction('p1', amount('12,50')), 'Amount "12,50"'],
    ['a lost currency', transaction('p1', '<Amt>12.50</Amt>'), '"" is no currency'],
  ])('with %s is a mistake that names its line', (_, details, problem) => {
    expect(mistakesIn(statement(entry('DBIT', details)))).toEqual([
      {
        where: matching(/^line \d+, .*\/TxDtls/),
        problem: containing(problem),
        expected: matching(/\w/),
      },
    ]);
  });

  test('of 20,000 payments is read in one go', () => {
    const details = Array.from({ length: 20_000 }, (_, number) =>
      transaction(`p${number}`, amount('1.00')),
    );
    expect(reportOf(statement(entry('DBIT', details.join('\n')))).payments).toHaveLength(20_000);
  });
});
