import { describe, expect, test } from 'vitest';
import { containing, matching } from '../../test/matching.ts';
import { mistakesIn, reportOf, statusReport } from '../../test/bank-files.ts';

const original = '<OrgnlMsgId>run-1</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>';
const group = (content = '') => `<OrgnlGrpInfAndSts>${original}${content}</OrgnlGrpInfAndSts>`;
const payments = (...content: string[]) =>
  `<OrgnlPmtInfAndSts><OrgnlPmtInfId>run-1</OrgnlPmtInfId>${content.join('')}</OrgnlPmtInfAndSts>`;
const payment = (id: string, status: string, rest = '') =>
  `<TxInfAndSts><OrgnlEndToEndId>${id}</OrgnlEndToEndId><TxSts>${status}</TxSts>${rest}</TxInfAndSts>`;
const reason = (code: string, text: string) =>
  `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn><AddtlInf>${text}</AddtlInf></StsRsnInf>`;
const amount = (text: string, currency = 'EUR') =>
  `<OrgnlTxRef><Amt><InstdAmt Ccy="${currency}">${text}</InstdAmt></Amt></OrgnlTxRef>`;

const at = { kind: 'instant', at: Date.UTC(2026, 11, 1, 9) };

describe('a payment status report', () => {
  test.each(['03', '10'])('of version %s says which payments failed, and why', (version) => {
    const content = payments(
      payment('p1', 'RJCT', reason('AC04', 'Account closed') + amount('50.01')),
      payment('p2', 'RJCT', reason('MS03', '')),
    );
    expect(reportOf(statusReport(group('<GrpSts>PART</GrpSts>') + content, version))).toMatchObject(
      {
        format: 'pain.002',
        messages: [],
        payments: [
          {
            endToEndId: 'p1',
            outcome: 'failed',
            amountCents: 5001,
            currency: 'EUR',
            at,
            reason: 'AC04: Account closed',
            where: matching(/^line 4, \/Document\/CstmrPmtStsRpt\/OrgnlPmtInfAndSts\/TxInfAndSts$/),
          },
          {
            endToEndId: 'p2',
            amountCents: null,
            reason: 'MS03',
            where: containing('TxInfAndSts[2]'),
          },
        ],
      },
    );
  });

  test.each([
    ['ACSC', 'paid'],
    ['ACCC', 'paid'],
    ['RJCT', 'failed'],
    ['CANC', 'failed'],
    ['ACCP', null],
    ['ACSP', null],
    ['ACTC', null],
    ['ACWC', null],
    ['PDNG', null],
  ])('%s of a payment is %s', (status, outcome) => {
    const report = reportOf(statusReport(group() + payments(payment('p1', status))));
    expect(report.payments.map((found) => found.outcome)).toEqual(
      outcome === null ? [] : [outcome],
    );
    expect(report.ignored).toHaveLength(outcome === null ? 1 : 0);
  });

  test.each([
    [
      'the group',
      group(`<OrgnlNbOfTxs>2</OrgnlNbOfTxs><GrpSts>RJCT</GrpSts>${reason('FF01', 'x')}`),
    ],
    [
      'both',
      group(`<OrgnlNbOfTxs>2</OrgnlNbOfTxs><GrpSts>RJCT</GrpSts>${reason('FF01', 'x')}`) +
        payments('<PmtInfSts>RJCT</PmtInfSts>'),
    ],
    [
      'the payment information',
      group() +
        payments(`<OrgnlNbOfTxs>2</OrgnlNbOfTxs><PmtInfSts>RJCT</PmtInfSts>${reason('FF01', 'x')}`),
    ],
  ])('RJCT of %s fails the message', (_, content) => {
    expect(reportOf(statusReport(content))).toMatchObject({
      payments: [],
      messages: [{ messageId: 'run-1', outcome: 'failed', payments: 2, at, reason: 'FF01: x' }],
    });
  });

  test('ACSC of the group settles the message', () => {
    const content = group('<OrgnlCtrlSum>100.5</OrgnlCtrlSum><GrpSts>ACSC</GrpSts>');
    expect(reportOf(statusReport(content)).messages).toMatchObject([
      { messageId: 'run-1', outcome: 'paid', amountCents: 10_050 },
    ]);
  });

  test('ACCP of the group says nothing yet', () => {
    expect(reportOf(statusReport(group('<GrpSts>ACCP</GrpSts>')))).toMatchObject({
      payments: [],
      messages: [],
      ignored: [{ why: containing('ACCP') }],
    });
  });

  test.each([
    ['an unknown status', group() + payments(payment('p1', 'OKAY')), 'Status "OKAY"'],
    [
      'a lost id',
      group() + payments('<TxInfAndSts><TxSts>RJCT</TxSts></TxInfAndSts>'),
      'OrgnlEndToEndId is missing',
    ],
    [
      'a lost status',
      group() + payments('<TxInfAndSts><OrgnlEndToEndId>p1</OrgnlEndToEndId></TxInfAndSts>'),
      'TxSts is missing',
    ],
    ['a lost message', payments(payment('p1', 'RJCT')), 'which message'],
    [
      'a payment twice',
      group() + payments(payment('p1', 'RJCT'), payment('p1', 'RJCT')),
      'Payout p1 is failed',
    ],
    [
      'a contradiction',
      group('<GrpSts>RJCT</GrpSts>') + payments(payment('p1', 'ACSC')),
      'It is ACSC, and the whole message RJCT',
    ],
    [
      'a comma in an amount',
      group() + payments(payment('p1', 'ACSC', amount('12,50'))),
      'Amount "12,50"',
    ],
    [
      'a wrong currency',
      group() + payments(payment('p1', 'ACSC', amount('12.50', 'euro'))),
      '"euro" is no currency',
    ],
  ])('%s is a mistake that names its line', (_, content, problem) => {
    expect(mistakesIn(statusReport(content))).toEqual([
      {
        where: matching(/^line \d+, \/Document\/CstmrPmtStsRpt/),
        problem: containing(problem),
        expected: matching(/\w/),
      },
    ]);
  });
});
