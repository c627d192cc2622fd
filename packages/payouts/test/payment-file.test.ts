import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  cancelRun,
  endPayout,
  openDocumentDesk,
  paymentFile,
  runOf,
  scheduleRun,
} from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import { EXPORT, expectSoundBooks, fileOf, payOut, payoutsOf } from './doings.ts';
import {
  command,
  MONTH,
  NOW,
  openMerchant,
  openOffice,
  openPartner,
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

describe('a payment file', () => {
  test('asked for again is the same, also in pieces of another format', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna');
    const { runId } = await payOut(office);
    const first = await textOf(await paymentFile(office.ports, fileOf(runId)));
    office.setClock(NOW + 86_400_000);
    await exportRun(office.ports, command('again'), runId, EXPORT);
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
    const { runId } = await payOut(office);
    const cancel = { reason: 'bank down', notSentToBank: false };
    await expect(cancelRun(office.ports, command('c1'), runId, cancel)).rejects.toMatchObject({
      code: 'payout_state',
    });
    const [payout] = await payoutsOf(office, 'anna');
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
    await expect(exportRun(office.ports, command('early'), runId, EXPORT)).rejects.toMatchObject({
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
