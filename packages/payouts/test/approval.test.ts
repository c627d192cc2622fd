import { streams, type SkipReason } from '@provisie/domain';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cancelRun, previewRun, scheduleRun } from '../src/index.ts';
import { factsIn } from '../src/log.ts';
import { approveNewRun, approveOpenRun } from '../src/runs/approve-run.ts';
import { expectSoundBooks, payOut, payoutsOf, skippedOf } from './doings.ts';
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
    expect(await payoutsOf(office, 'anna')).toHaveLength(1);
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

  test('with a cut-off before that of the run before takes back no more than was paid too much', async () => {
    await openMerchant(office);
    await openPartner(office, 'anna');
    await sell(office, 'o1', 'anna', 100_000, day(40));
    await payOut(office);
    await refund(office, 'o1', 40_000, NOW);
    await sell(office, 'o2', 'anna', 200_000, day(10));
    const { due } = await previewRun(office.ports, { ...MONTH, cutOff: day(50) });
    expect(due.netCents).toBe(20_000 - 4000);
  });
});

describe('what changes between approval and scheduling', () => {
  test.for<[string, SkipReason, (office: Office) => Promise<void>]>([
    ['a refund', 'changed_since_approval', (at) => refund(at, 'o1', 10_000, NOW)],
    ['a refund of most', 'below_threshold', (at) => refund(at, 'o1', 60_000, NOW)],
    ['a refund of all', 'below_threshold', (at) => refund(at, 'o1', 100_000, NOW)],
    [
      'a suspension',
      'suspended',
      (at) =>
        at.write('PartnerSuspended', streams.partner('anna'), NOW, {
          partnerId: 'anna',
          reason: 'x',
        }),
    ],
    ['another account', 'details_cooling', (at) => giveDetails(at, 'anna', detailsOf(), NOW)],
    [
      'a review',
      'under_review',
      (at) =>
        at.write('PartnerReviewOpened', streams.partner('anna'), NOW, {
          partnerId: 'anna',
          reason: 'x',
        }),
    ],
  ])(
    '%s: the partner waits for the next run, and the log says why: %s',
    async ([, reason, change]) => {
      await openMerchant(office);
      await openPartner(office, 'anna');
      await openPartner(office, 'bram');
      await sell(office, 'o1', 'anna');
      await sell(office, 'o2', 'bram');
      const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
      await change(office);
      const run = await scheduleRun(office.ports, runId);
      expect(run).toMatchObject({ status: 'scheduled', skipped: 1, scheduled: { payouts: 1 } });
      expect(await payoutsOf(office, 'anna')).toEqual([]);
      expect(await payoutsOf(office, 'bram')).toHaveLength(1);
      await office.caughtUp();
      expect(await skippedOf(office, runId)).toEqual([
        expect.objectContaining({
          partnerId: 'anna',
          amountCents: 10_000,
          totalCents: 12_100,
          reason,
        }),
      ]);
      await expectSoundBooks(office);
    },
  );
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
