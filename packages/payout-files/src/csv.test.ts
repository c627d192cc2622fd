import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { streamOf, textOf } from '../test/samples.ts';
import { journalCsv, payoutsCsv } from './index.ts';
import type { JournalCsvRow, PayoutCsvRow } from './index.ts';

const payout: PayoutCsvRow = {
  payoutId: '5f0c1a2b3c4d5e6f708192a3b4c5d6e7',
  runId: 'run-1',
  partnerId: 'woonblog',
  status: 'paid',
  currency: 'EUR',
  netCents: 10_000,
  vatCents: 2100,
  totalCents: 12_100,
  lines: 3,
  accountHolder: 'Woonblog B.V.',
  iban: 'NL91ABNA0417164300',
  bic: null,
  documentNumbers: ['woonblog-0001', 'woonblog-0002'],
  scheduledAt: Date.UTC(2026, 10, 30, 9),
  exportedAt: Date.UTC(2026, 10, 30, 10),
  paidAt: null,
  failureReason: null,
};

const line: JournalCsvRow = {
  entryId: 'e-1',
  recordedAt: Date.UTC(2026, 10, 30, 9),
  effectiveAt: Date.UTC(2026, 10, 29),
  account: 'commission_expense',
  partnerId: null,
  orderId: 'webshop-1042',
  payoutId: null,
  currency: 'EUR',
  amountCents: 1,
  causeEventId: 'c-1',
  causePosition: 12,
};

describe('the payouts CSV', () => {
  test('has a header and a line per payout', async () => {
    expect(await textOf(payoutsCsv(streamOf([payout])))).toBe(
      [
        'payout_id,run_id,partner_id,status,currency,net,vat,total,lines,account_holder,iban,bic,document_numbers,scheduled_at,exported_at,paid_at,failure_reason',
        '5f0c1a2b3c4d5e6f708192a3b4c5d6e7,run-1,woonblog,paid,EUR,100.00,21.00,121.00,3,Woonblog B.V.,NL91ABNA0417164300,,woonblog-0001 woonblog-0002,2026-11-30T09:00:00.000Z,2026-11-30T10:00:00.000Z,,',
        '',
      ].join('\r\n'),
    );
  });

  test('has its header without any payout, and a byte order mark on demand', async () => {
    expect(await textOf(payoutsCsv(streamOf([])))).toMatch(/^payout_id,.*failure_reason\r\n$/);
    const marked = await textOf(payoutsCsv(streamOf([payout]), { byteOrderMark: true }));
    expect(marked.indexOf('\uFEFF')).toBe(0);
    expect(marked.lastIndexOf('\uFEFF')).toBe(0);
  });

  test.each([
    ["=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@x', "'@x"],
    ['\t=1', "'=1"],
    ['\r=1', "'=1"],
    ['\n=1', "'=1"],
    [' =1', "'=1"],
    ['＝1', "'＝1"],
    ['a\r\nb', 'a b'],
    ['a,"b"', 'a,"b"'],
    ['Ünal', 'Ünal'],
  ])('makes %j harmless', async (text, safe) => {
    const rows = [{ ...payout, accountHolder: text, failureReason: text }];
    const [, cells = []] = parse(await textOf(payoutsCsv(streamOf(rows))));
    expect([cells[9], cells[16]]).toEqual([safe, safe]);
  });

  test('keeps negative amounts numbers', async () => {
    const rows = [{ ...payout, netCents: -5, vatCents: 0, totalCents: -123_456 }];
    const [, cells = []] = parse(await textOf(payoutsCsv(streamOf(rows))));
    expect(cells.slice(5, 8)).toEqual(['-0.05', '0.00', '-1234.56']);
  });

  test('comes back whole from a CSV reader, however many', async () => {
    const names = ['plain', 'a,b', '"quoted"', "o'neill", 'ünïcode ✓'];
    const rows = Array.from({ length: 1001 }, (_, number) => ({
      ...payout,
      payoutId: String(number),
      accountHolder: names[number % names.length] ?? null,
    }));
    const read = parse(await textOf(payoutsCsv(streamOf(rows)))).slice(1);
    expect(read.map((cells) => [cells[0], cells[9]])).toEqual(
      rows.map((row) => [row.payoutId, row.accountHolder]),
    );
  });
});

test('the journal CSV has an amount under debit or under credit', async () => {
  const lines = [line, { ...line, account: 'partner_pending', partnerId: 'a', amountCents: -1 }];
  expect(await textOf(journalCsv(streamOf(lines)))).toBe(
    [
      'entry_id,recorded_at,effective_at,account,partner_id,order_id,payout_id,currency,debit,credit,cause_event_id,cause_position',
      'e-1,2026-11-30T09:00:00.000Z,2026-11-29T00:00:00.000Z,commission_expense,,webshop-1042,,EUR,0.01,,c-1,12',
      'e-1,2026-11-30T09:00:00.000Z,2026-11-29T00:00:00.000Z,partner_pending,a,webshop-1042,,EUR,,0.01,c-1,12',
      '',
    ].join('\r\n'),
  );
});
