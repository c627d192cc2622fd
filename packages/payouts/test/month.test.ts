import { existsSync } from 'node:fs';
import { MAX_AMOUNT_CENTS, streams, type PayoutAssessment } from '@provisie/domain';
import { documentPdf, documentUbl } from '@provisie/documents';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  confirmByBankFile,
  confirmPayouts,
  confirmRun,
  documentContent,
  paymentFile,
  payoutsFile,
  previewRun,
  scheduleRun,
} from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import {
  documentsOf,
  EXPORT,
  expectSoundBooks,
  fileOf,
  paid,
  payOut,
  payoutsOf,
} from './doings.ts';
import {
  command,
  day,
  detailsOf,
  giveDetails,
  MONTH,
  NOW,
  openMerchant,
  openOffice,
  openPartner,
  refund,
  sell,
  textOf,
  type Office,
} from './office.ts';

let office: Office;

beforeEach(async () => {
  office = await openOffice();
});

afterEach(async () => {
  await expectSoundBooks(office);
  await office[Symbol.asyncDispose]();
});

test('what many orders come to may be more than the most of one, as in VND', async () => {
  await openMerchant(office);
  await openPartner(office, 'anna');
  const orders = Array.from({ length: 11 }, (_, index) => `o${String(index)}`);
  for (const orderId of orders) await sell(office, orderId, 'anna', MAX_AMOUNT_CENTS);
  const run = await payOut(office);
  const netCents = MAX_AMOUNT_CENTS * 1.1;
  const totalCents = netCents * 1.21;
  expect(run.scheduled).toMatchObject({ payouts: 1, netCents, totalCents });
  const [document] = await documentsOf(office, 'anna');
  expect(document).toMatchObject({ netCents, vatCents: totalCents - netCents, totalCents });
  const [payout] = await payoutsOf(office, 'anna');
  const row = `${payout?.payoutId ?? ''},paid,13310000000.00,EUR,,`;
  const bytes = new TextEncoder().encode(`payout_id,status,amount,currency,date,reason\n${row}`);
  expect(await confirmByBankFile(office.ports, 'key-1', { bytes })).toMatchObject({ paid: 1 });
});

describe('a month', () => {
  test('is closed by preview, approve, export and confirm', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await openPartner(office, 'bram', 'private_person');
    await openPartner(office, 'cleo');
    await openPartner(office, 'daan', null);
    await sell(office, 'o1', 'anna');
    await sell(office, 'o2', 'anna', 50_050);
    await sell(office, 'o3', 'bram', 60_000);
    await sell(office, 'o4', 'cleo', 10_000);
    await sell(office, 'o5', 'daan');

    const seen: PayoutAssessment[] = [];
    const preview = await previewRun(office.ports, MONTH, (partner) => void seen.push(partner));
    expect(
      seen.map(({ partnerId, status, netCents, missingCents, blocks }) => [
        partnerId,
        status,
        netCents,
        missingCents,
        blocks.map(({ reason }) => reason),
      ]),
    ).toEqual([
      ['anna', 'due', 15_005, 0, []],
      ['bram', 'due', 6000, 0, []],
      ['cleo', 'below_threshold', 1000, 4000, []],
      ['daan', 'blocked', 10_000, 0, ['no_payout_details']],
    ]);
    expect(preview.due).toEqual({
      payouts: 2,
      netCents: 21_005,
      vatCents: 3151,
      totalCents: 24_156,
    });

    const approved = await approveNewRun(office.ports, command('approve'), {
      ...MONTH,
      fingerprint: preview.fingerprint,
    });
    const scheduled = await scheduleRun(office.ports, approved.runId);
    expect(scheduled).toMatchObject({ status: 'scheduled', scheduled: preview.due, skipped: 0 });

    const exported = await exportRun(office.ports, command('export'), approved.runId, EXPORT);
    expect(exported.exports).toMatchObject([{ attempt: 1, payouts: 2, totalCents: 24_156 }]);
    const file = await textOf(await paymentFile(office.ports, fileOf(approved.runId)));
    expect(file).toContain('<CtrlSum>241.56</CtrlSum>');
    expect(file).toContain('Lukasz Wisniewski');
    expect(file).toContain('Commissie anna-0001');
    const rows = (await textOf(await payoutsFile(office.ports, approved.runId))).split('\r\n');
    expect(rows[1]).toContain(
      'anna,exported,EUR,150.05,31.51,181.56,2,Łukasz Wiśniewski,NL39RABO0300065264',
    );

    const confirmed = await confirmRun(office.ports, 'key-1', approved.runId, {
      at: null,
      totalCents: 24_156,
    });
    expect(confirmed).toMatchObject({ paid: 2, failed: 0, unchanged: 0 });
    expect((await payoutsOf(office, 'anna')).map(({ status }) => status)).toEqual(['paid']);
    expect((await documentsOf(office, 'bram')).map(({ number, kind }) => [number, kind])).toEqual([
      ['bram-S0001', 'payout_statement'],
    ]);
  });

  test('a partner of whom a payout names thousands of orders is paid like the others', async () => {
    const longest = (n: number) => `order-${n}`.padEnd(128, '-');
    const orders = Array.from({ length: 5000 }, (_, n) => longest(n));
    await openMerchant(office);
    await openPartner(office, 'anna');
    await openPartner(office, 'bram', 'private_person');
    await Promise.all(orders.map((orderId) => sell(office, orderId, 'anna', 1000)));
    await sell(office, 'o1', 'bram');
    await office.caughtUp();
    const run = await payOut(office);
    expect(run.scheduled).toMatchObject({ payouts: 2, netCents: 5000 * 100 + 10_000 });
    const [payout] = await payoutsOf(office, 'anna');
    expect(JSON.stringify(payout?.lines).length).toBeGreaterThan(1_048_576);
    expect(payout?.lines).toHaveLength(5000);
  }, 60_000);

  test('the papers are made of the log alone, and the same each time', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    await payOut(office);
    const [issued] = await documentsOf(office, 'anna');
    const name = { partnerId: 'anna', documentId: issued?.documentId ?? '' };
    // What changes later must not change what was issued.
    await giveDetails(office, 'anna', detailsOf({ accountHolder: 'Somebody Else' }), NOW);
    await office.vault.erase('partner:anna');
    const content = await documentContent(office.ports, name);
    expect(content).toMatchObject({
      number: 'anna-0001',
      netCents: 10_000,
      vatCents: 2100,
      supplier: { name: 'Łukasz Wiśniewski' },
      orders: [{ orderId: 'o1', netCents: 10_000 }],
    });
    expect(documentUbl(content)).toContain('anna-0001');
    expect(await documentPdf(content)).toEqual(await documentPdf(content));
  });

  test('in a currency without small coins comes to the same on paper as in the file', async () => {
    await openMerchant(office, { currency: 'HUF' });
    await openPartner(office, 'anna', 'eu_business');
    await office.write('OrderPlaced', streams.order('o1'), day(10), {
      orderId: 'o1',
      customer: 'o1'.padEnd(43, '-'),
      currency: 'HUF',
      lines: [{ lineId: '1', amountCents: 15_000_050 }],
      couponCodes: ['ANNA'],
    });
    const request = { ...MONTH, currency: 'HUF' };
    const { runId } = await approveNewRun(office.ports, command('approve'), request);
    await scheduleRun(office.ports, runId);
    await exportRun(office.ports, command('export'), runId, EXPORT);
    const rows = await textOf(await payoutsFile(office.ports, runId));
    expect(rows).toContain('anna,exported,HUF,15000.05,0.00,15000.05');
    const [issued] = await documentsOf(office, 'anna');
    const name = { partnerId: 'anna', documentId: issued?.documentId ?? '' };
    expect(documentUbl(await documentContent(office.ports, name))).toContain(
      '<cbc:PayableAmount currencyID="HUF">15000.05<',
    );
  });

  test('a Dutch business isn’t paid in another currency: its invoice would lack the VAT in euros', async () => {
    await openMerchant(office, { currency: 'USD' });
    for (const [partnerId, taxProfile] of [
      ['anna', 'nl_business'],
      ['bram', 'nl_small_business'],
    ] as const) {
      await openPartner(office, partnerId, taxProfile);
      await office.write('OrderPlaced', streams.order(`of-${partnerId}`), day(10), {
        orderId: `of-${partnerId}`,
        customer: partnerId.padEnd(43, '-'),
        currency: 'USD',
        lines: [{ lineId: '1', amountCents: 100_000 }],
        couponCodes: [partnerId.toUpperCase()],
      });
    }
    const request = { ...MONTH, currency: 'USD' };
    expect(await previewRun(office.ports, request)).toMatchObject({
      due: { payouts: 1, totalCents: 10_000 },
      blocked: { partners: 1, netCents: 10_000 },
      blocks: { vat_not_in_euros: 1 },
    });
    const { runId } = await approveNewRun(office.ports, command('approve'), request);
    await scheduleRun(office.ports, runId);
    await exportRun(office.ports, command('export'), runId, EXPORT);
    expect(await documentsOf(office, 'anna')).toEqual([]);
    expect(await documentsOf(office, 'bram')).toMatchObject([{ currency: 'USD', vatCents: 0 }]);
  });
});

describe('money that comes back', () => {
  test('a refund after the payout is taken back by the next, with a credit note', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const first = await payOut(office, 'first');
    await confirmRun(office.ports, 'key-1', first.runId, { at: null, totalCents: null });
    await refund(office, 'o1', 30_000, NOW);
    await office.caughtUp();
    const [debt] = (
      await office.ports.readModel.balances(
        { partnerId: 'anna' },
        { asOf: NOW, knownAt: null },
        { limit: 10, cursor: null },
      )
    ).rows;
    expect(debt).toMatchObject({ payableCents: -3000, clawbackCents: 3000 });

    await sell(office, 'o2', 'anna', 90_000, day(45));
    const second = await payOut(office, 'second');
    await confirmRun(office.ports, 'key-1', second.runId, { at: null, totalCents: 7260 });
    expect(
      (await documentsOf(office, 'anna')).map(({ number, kind, totalCents, corrects }) => [
        number,
        kind,
        totalCents,
        corrects.map((corrected) => corrected.number),
      ]),
    ).toEqual([
      ['anna-0001', 'self_billing_invoice', 12_100, []],
      ['anna-0002', 'self_billing_invoice', 10_890, []],
      ['anna-0003', 'credit_note', 3630, ['anna-0001']],
    ]);
  });

  test('an order that two payouts paid stands once in the credit note that takes it back', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    await payOut(office, 'first');
    await office.write('OrderAmended', streams.order('o1'), day(20), {
      orderId: 'o1',
      amendmentId: 'heard-late',
      lines: [{ lineId: '1', amountCents: 200_000 }],
    });
    await office.caughtUp();
    await payOut(office, 'second');
    await refund(office, 'o1', 200_000, NOW);
    await sell(office, 'o2', 'anna', 300_000, day(45));
    await office.caughtUp();
    await payOut(office, 'third');
    const credit = (await documentsOf(office, 'anna')).at(-1);
    expect(credit).toMatchObject({ kind: 'credit_note', netCents: 20_000, lines: [{ orders: 1 }] });
    expect(credit?.corrects.map(({ number }) => number)).toEqual(['anna-0001', 'anna-0002']);
    const name = { partnerId: 'anna', documentId: credit?.documentId ?? '' };
    const content = await documentContent(office.ports, name);
    expect(content.orders).toMatchObject([{ orderId: 'o1', netCents: 20_000 }]);
    expect(documentUbl(content)).toContain('anna-0004');
    expect((await documentPdf(content)).length).toBeGreaterThan(1000);
  });

  test('a payment that failed is due again, and its invoice is credited', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const { runId } = await payOut(office);
    const made = await textOf(await paymentFile(office.ports, fileOf(runId)));
    const [payout] = await payoutsOf(office, 'anna');
    const id = payout?.payoutId ?? '';
    const failure = paid(id, { outcome: 'failed', reason: 'AC04 account closed' });
    expect(await confirmPayouts(office.ports, 'key-1', [failure])).toMatchObject({ failed: 1 });
    expect((await documentsOf(office, 'anna')).map(({ number, about }) => [number, about])).toEqual(
      [
        ['anna-0001', 'commissions'],
        ['anna-0002', 'reversal'],
      ],
    );
    expect((await previewRun(office.ports, MONTH)).due).toMatchObject({
      payouts: 1,
      netCents: 10_000,
    });
    // What the bank was given stays what it was.
    expect(await textOf(await paymentFile(office.ports, fileOf(runId)))).toBe(made);
  });
});

test('the folder of an office is removed', async () => {
  const other = await openOffice();
  await other[Symbol.asyncDispose]();
  expect(existsSync(other.folder)).toBe(false);
});
