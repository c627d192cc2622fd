import { existsSync } from 'node:fs';
import { payoutStates, streams, type PayoutAssessment } from '@provisie/domain';
import { documentPdf, documentUbl } from '@provisie/documents';
import { verify } from '@provisie/read-model';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cancelRun,
  confirmByBankFile,
  confirmPayouts,
  confirmRun,
  documentContent,
  paymentFile,
  PayoutError,
  payoutsFile,
  previewRun,
  runOf,
  scheduleRun,
  type Confirmation,
  type PaymentFileRequest,
} from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { factsIn } from '../src/log.ts';
import { approveNewRun, approveOpenRun } from '../src/runs/approve-run.ts';
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
  await expectSoundBooks();
  await office[Symbol.asyncDispose]();
});

/** After whatever a test did, a rebuild gives the same tables and the ledger keeps its invariants. */
async function expectSoundBooks(): Promise<void> {
  await office.caughtUp();
  const report = await verify({ store: office.store, liveFile: office.readModel.file });
  expect(report.ledgerViolations).toEqual([]);
  expect(report.tables.filter((table) => !table.equal)).toEqual([]);
}

const exportAs = { executionDate: null, replaces: false };

async function payOut(name = 'october') {
  const run = await approveNewRun(office.ports, command(`${name} approve`), {
    ...MONTH,
    cutOff: office.ports.now(),
  });
  await scheduleRun(office.ports, run.runId);
  return exportRun(office.ports, command(`${name} export`), run.runId, exportAs);
}

async function payoutsOf(partnerId: string) {
  return payoutStates(await factsIn(office.store, streams.payouts(partnerId)));
}

async function documentsOf(partnerId: string) {
  const facts = await factsIn(office.store, streams.payouts(partnerId));
  return facts.flatMap((fact) => (fact.type === 'DocumentIssued' ? [fact.data] : []));
}

const fileOf = (runId: string, changes: Partial<PaymentFileRequest> = {}): PaymentFileRequest => ({
  runId,
  attempt: null,
  format: 'pain.001.001.09',
  batchBooking: true,
  ...changes,
});

const paid = (payoutId: string, changes: Partial<Confirmation> = {}): Confirmation => ({
  payoutId,
  outcome: 'paid',
  amountCents: null,
  currency: null,
  at: null,
  reason: null,
  reference: null,
  attempt: null,
  where: '/payouts/0',
  ...changes,
});

/** Why something was refused. */
async function refused(doing: Promise<unknown>): Promise<PayoutError> {
  const reason: unknown = await doing.then(
    () => null,
    (error: unknown) => error,
  );
  if (reason instanceof PayoutError) return reason;
  throw new Error('it was not refused', { cause: reason });
}

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

    const exported = await exportRun(office.ports, command('export'), approved.runId, exportAs);
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
    expect((await payoutsOf('anna')).map(({ status }) => status)).toEqual(['paid']);
    expect((await documentsOf('bram')).map(({ number, kind }) => [number, kind])).toEqual([
      ['bram-S0001', 'payout_statement'],
    ]);
  });

  test('the papers are made of the log alone, and the same each time', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    await payOut();
    const [issued] = await documentsOf('anna');
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
});

describe('an approval', () => {
  test('is refused when what is due has changed since the preview', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const { fingerprint } = await previewRun(office.ports, MONTH);
    await sell(office, 'o2', 'anna', 1000);
    await expect(
      approveNewRun(office.ports, command('approve'), { ...MONTH, fingerprint }),
    ).rejects.toMatchObject({ code: 'plan_changed' });
    expect(await factsIn(office.store, streams.payoutRuns)).toEqual([]);
  });

  test('again is the same run', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const first = await approveNewRun(office.ports, command('approve'), MONTH);
    await scheduleRun(office.ports, first.runId);
    const again = await approveNewRun(office.ports, command('approve'), MONTH);
    expect(again.runId).toBe(first.runId);
    expect(await payoutsOf('anna')).toHaveLength(1);
  });

  test('with the key of another request is refused', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    await approveNewRun(office.ports, command('approve'), MONTH);
    const other = { ...command('approve'), requestHash: 'f'.repeat(64) };
    await expect(approveNewRun(office.ports, other, MONTH)).rejects.toMatchObject({
      code: 'idempotency_key_reused',
    });
  });

  test('of nothing, or of what isn’t over, is refused', async () => {
    await openMerchant(office);
    await expect(approveNewRun(office.ports, command('a'), MONTH)).rejects.toMatchObject({
      code: 'nothing_due',
    });
    await expect(
      approveNewRun(office.ports, command('b'), { ...MONTH, cutOff: NOW + 1 }),
    ).rejects.toMatchObject({ code: 'cut_off_in_future' });
  });

  test('only what was payable by the cut-off is paid', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    await sell(office, 'o2', 'anna', 100_000, day(30));
    const { due } = await previewRun(office.ports, { ...MONTH, cutOff: day(40) });
    expect(due.netCents).toBe(10_000);
  });

  test('a refund heard of after the cut-off still lowers what is paid', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    await refund(office, 'o1', 40_000, day(50));
    const { due } = await previewRun(office.ports, { ...MONTH, cutOff: day(40) });
    expect(due.netCents).toBe(6000);
  });
});

describe('what changes between approval and scheduling', () => {
  test.for<[string, (office: Office) => Promise<void>]>([
    ['a refund', (at) => refund(at, 'o1', 10_000, NOW)],
    [
      'a suspension',
      (at) =>
        at.write('PartnerSuspended', streams.partner('anna'), NOW, {
          partnerId: 'anna',
          reason: 'x',
        }),
    ],
    ['another account', (at) => giveDetails(at, 'anna', detailsOf(), NOW)],
    [
      'a review',
      (at) =>
        at.write('PartnerReviewOpened', streams.partner('anna'), NOW, {
          partnerId: 'anna',
          reason: 'x',
        }),
    ],
  ])('%s: the partner waits for the next run', async ([, change]) => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await openPartner(office, 'bram');
    await sell(office, 'o1', 'anna');
    await sell(office, 'o2', 'bram');
    const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
    await change(office);
    const run = await scheduleRun(office.ports, runId);
    expect(run).toMatchObject({ status: 'scheduled', skipped: 1, scheduled: { payouts: 1 } });
    expect(await payoutsOf('anna')).toEqual([]);
    expect(await payoutsOf('bram')).toHaveLength(1);
  });
});

describe('two people', () => {
  beforeEach(async () => {
    await office[Symbol.asyncDispose]();
    office = await openOffice({ approvalsRequired: 2 });
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
  });

  test('must approve, and the second must be another', async () => {
    const { runId, status } = await approveNewRun(office.ports, command('approve'), MONTH);
    expect(status).toBe('awaiting_approval');
    await expect(scheduleRun(office.ports, runId)).rejects.toMatchObject({ code: 'run_state' });
    await expect(
      approveOpenRun(office.ports, command('second', 'key-1'), runId),
    ).rejects.toMatchObject({ code: 'same_person' });
    const approved = await approveOpenRun(office.ports, command('second', 'key-2'), runId);
    expect(approved).toMatchObject({ status: 'scheduling', approvedBy: ['key-1', 'key-2'] });
    expect((await scheduleRun(office.ports, runId)).status).toBe('scheduled');
  });

  test('the first run stands in the way of another until it is cancelled', async () => {
    const { runId } = await approveNewRun(office.ports, command('one'), MONTH);
    await expect(approveNewRun(office.ports, command('two'), MONTH)).rejects.toMatchObject({
      code: 'run_open',
    });
    const cancel = { reason: 'wrong month', notSentToBank: false };
    const cancelled = await cancelRun(office.ports, command('cancel'), runId, cancel);
    expect(cancelled.status).toBe('abandoned');
    await expect(
      approveOpenRun(office.ports, command('late', 'key-2'), runId),
    ).rejects.toMatchObject({ code: 'run_state' });
    expect((await approveNewRun(office.ports, command('two'), MONTH)).status).toBe(
      'awaiting_approval',
    );
  });
});

describe('money that comes back', () => {
  test('a refund after the payout is taken back by the next, with a credit note', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const first = await payOut('first');
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
    const second = await payOut('second');
    await confirmRun(office.ports, 'key-1', second.runId, { at: null, totalCents: 7260 });
    expect(
      (await documentsOf('anna')).map(({ number, kind, totalCents, corrects }) => [
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

  test('a payment that failed is due again, and its invoice is credited', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const { runId } = await payOut();
    const made = await textOf(await paymentFile(office.ports, fileOf(runId)));
    const [payout] = await payoutsOf('anna');
    const id = payout?.payoutId ?? '';
    const failure = paid(id, { outcome: 'failed', reason: 'AC04 account closed' });
    expect(await confirmPayouts(office.ports, 'key-1', [failure])).toMatchObject({ failed: 1 });
    expect((await documentsOf('anna')).map(({ number, about }) => [number, about])).toEqual([
      ['anna-0001', 'commissions'],
      ['anna-0002', 'reversal'],
    ]);
    expect((await previewRun(office.ports, MONTH)).due).toMatchObject({
      payouts: 1,
      netCents: 10_000,
    });
    // What the bank was given stays what it was.
    expect(await textOf(await paymentFile(office.ports, fileOf(runId)))).toBe(made);
  });
});

describe('a payment file', () => {
  test('asked for again is the same, also in pieces of another format', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const { runId } = await payOut();
    const first = await textOf(await paymentFile(office.ports, fileOf(runId)));
    office.setClock(NOW + 86_400_000);
    await exportRun(office.ports, command('again'), runId, exportAs);
    expect(await textOf(await paymentFile(office.ports, fileOf(runId)))).toBe(first);
    const older = fileOf(runId, { format: 'pain.001.001.03' });
    const messageId = /<MsgId>([^<]+)</.exec(first)?.[1];
    expect(await textOf(await paymentFile(office.ports, older))).toContain(String(messageId));
  });

  test('is not handed out with a payout that was cancelled, but replaced by one without', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await openPartner(office, 'bram');
    await sell(office, 'o1', 'anna');
    await sell(office, 'o2', 'bram');
    const { runId } = await payOut();
    const cancel = { reason: 'bank down', notSentToBank: false };
    await expect(cancelRun(office.ports, command('c1'), runId, cancel)).rejects.toMatchObject({
      code: 'payout_state',
    });
    const [payout] = await payoutsOf('anna');
    const { endPayout, openDocumentDesk } = await import('../src/index.ts');
    const end = { outcome: 'cancelled', reason: 'wrong', notSentToBank: true } as const;
    const name = { partnerId: 'anna', payoutId: payout?.payoutId ?? '' };
    await endPayout(openDocumentDesk(office.ports), 'key-1', name, end);
    const outdated = textOf(await paymentFile(office.ports, fileOf(runId)));
    await expect(outdated).rejects.toMatchObject({ code: 'export_outdated' });

    const replaced = { executionDate: null, replaces: true };
    const run = await exportRun(office.ports, command('replace'), runId, replaced);
    expect(run.exports).toMatchObject([
      { attempt: 1 },
      { attempt: 2, payouts: 1, totalCents: 12_100 },
    ]);
    await expect(paymentFile(office.ports, fileOf(runId, { attempt: 1 }))).rejects.toMatchObject({
      code: 'export_outdated',
    });
    const file = await textOf(await paymentFile(office.ports, fileOf(runId)));
    expect(file).toContain('<NbOfTxs>1</NbOfTxs>');
    await exportRun(office.ports, command('replace'), runId, replaced);
    expect((await runOf(office.store, runId)).exports).toHaveLength(2);
  });

  test('needs a merchant, and a day that isn’t over', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
    await expect(exportRun(office.ports, command('early'), runId, exportAs)).rejects.toMatchObject({
      code: 'run_state',
    });
    await scheduleRun(office.ports, runId);
    await expect(
      exportRun(office.ports, command('late'), runId, {
        executionDate: '2026-02-01',
        replaces: false,
      }),
    ).rejects.toMatchObject({ code: 'execution_date' });
    await expect(paymentFile(office.ports, fileOf(runId))).rejects.toMatchObject({
      code: 'export_unknown',
    });
  });
});

describe('what the bank says', () => {
  const csv = (...rows: string[]) =>
    new TextEncoder().encode(
      ['payout_id,status,amount,currency,date,reason', ...rows, ''].join('\n'),
    );
  let id: string;
  let other: string;

  beforeEach(async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await openPartner(office, 'bram');
    await sell(office, 'o1', 'anna');
    await sell(office, 'o2', 'bram');
    await payOut();
    id = (await payoutsOf('anna'))[0]?.payoutId ?? '';
    other = (await payoutsOf('bram'))[0]?.payoutId ?? '';
    await office.caughtUp();
  });

  test.for<[string, () => string, RegExp]>([
    [
      'another amount',
      () => `${id},paid,121.01,EUR,2026-03-02,`,
      /transfers 121\.00 EUR, not 121\.01/,
    ],
    ['another currency', () => `${id},paid,121.00,USD,2026-03-02,`, /in EUR, not in USD/],
    [
      'an unknown payout',
      () => `${'0'.repeat(32)},paid,121.00,EUR,2026-03-02,`,
      /there is no payout/,
    ],
    ['a day before it was made', () => `${id},paid,121.00,EUR,2026-02-01,`, /between then and now/],
  ])('with %s is refused as a whole, and named', async ([, row, message]) => {
    const file = { bytes: csv(`${other},paid,121.00,EUR,2026-03-02,`, row()), name: 'bank.csv' };
    const refusal = await refused(confirmByBankFile(office.ports, 'key-1', file));
    expect(refusal.code).toBe('bank_file');
    expect(refusal.mistakes).toHaveLength(1);
    expect(refusal.mistakes[0]?.where).toContain('line 3');
    expect(refusal.mistakes[0]?.message).toMatch(message);
    expect((await payoutsOf('bram'))[0]?.status).toBe('exported');
  });

  test('is recorded once, however often it is sent', async () => {
    const file = {
      bytes: csv(`${id},paid,121.00,EUR,2026-03-02,`, `${other},failed,121.00,EUR,2026-03-02,AC04`),
    };
    expect(await confirmByBankFile(office.ports, 'key-1', file)).toMatchObject({
      paid: 1,
      failed: 1,
    });
    expect(await confirmByBankFile(office.ports, 'key-1', file)).toMatchObject({
      paid: 0,
      failed: 0,
      unchanged: 2,
    });
    expect((await payoutsOf('anna'))[0]?.status).toBe('paid');
    expect((await payoutsOf('bram'))[0]).toMatchObject({ status: 'failed', reason: 'AC04' });
  });

  const statusReport = (messageId: string, status: string) =>
    new TextEncoder().encode(
      `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03"><CstmrPmtStsRpt><GrpHdr><MsgId>B1</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId><GrpSts>${status}</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>`,
    );

  test('about a payment file that was replaced fails nothing, and can’t have paid', async () => {
    const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
    const runId = run?.runId ?? '';
    const replaces = { executionDate: null, replaces: true };
    await exportRun(office.ports, command('replace'), runId, replaces);
    const late = { bytes: statusReport(`${runId}-1`, 'RJCT') };
    const { failed, ignored } = await confirmByBankFile(office.ports, 'key-1', late);
    expect([failed, ignored.length]).toEqual([0, 2]);
    const wrong = { bytes: statusReport(`${runId}-1`, 'ACSC') };
    const refusal = await refused(confirmByBankFile(office.ports, 'key-1', wrong));
    expect(refusal.mistakes).toHaveLength(2);
    const right = { bytes: statusReport(`${runId}-2`, 'ACSC') };
    expect(await confirmByBankFile(office.ports, 'key-1', right)).toMatchObject({ paid: 2 });
    await expect(
      exportRun(office.ports, command('once more'), runId, replaces),
    ).rejects.toMatchObject({ code: 'nothing_due' });
  });

  test('a payment that failed can’t be paid', async () => {
    const failure = paid(id, { outcome: 'failed', reason: 'AC04' });
    await confirmPayouts(office.ports, 'key-1', [failure]);
    const refusal = await refused(confirmPayouts(office.ports, 'key-1', [paid(id)]));
    expect(refusal.mistakes.map(({ where }) => where)).toEqual(['/payouts/0']);
    expect(refusal.mistakes[0]?.message).toContain('failed before');
  });

  test('told of twice in one request is refused', async () => {
    const twice = [paid(id), paid(id, { where: '/payouts/1' })];
    await expect(confirmPayouts(office.ports, 'key-1', twice)).rejects.toMatchObject({
      mistakes: [{ where: '/payouts/1' }],
    });
  });

  test('a run is confirmed only with the sum that was paid', async () => {
    const [run] = (await office.ports.readModel.payoutRuns({ limit: 1, cursor: null })).rows;
    const told = { at: null, totalCents: 1 };
    await expect(confirmRun(office.ports, 'key-1', run?.runId ?? '', told)).rejects.toMatchObject({
      code: 'amount_mismatch',
    });
  });
});

test('the folder of an office is removed', async () => {
  const other = await openOffice();
  await other[Symbol.asyncDispose]();
  expect(existsSync(other.folder)).toBe(false);
});
