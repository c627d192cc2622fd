import { join } from 'node:path';
import { streams } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import { openSqliteReadModel } from '@provisie/read-model';
import { expect, test } from 'vitest';
import { PayoutError, previewRun, scheduleRun } from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import { EXPORT, expectSoundBooks, payoutsOf } from './doings.ts';
import {
  command,
  MONTH,
  NOW,
  openMerchant,
  openOffice,
  openPartner,
  refund,
  sell,
  type Office,
} from './office.ts';
import { storeAround } from './store-around.ts';

async function openMonth(): Promise<Office> {
  const office = await openOffice();
  await openMerchant(office);
  for (const partnerId of ['anna', 'bram']) {
    await openPartner(office, partnerId);
    await sell(office, `of-${partnerId}`, partnerId);
  }
  return office;
}

test('of many who approve at the same moment one makes a run, the others are told of it', async () => {
  await using office = await openMonth();
  const done = await Promise.allSettled(
    [1, 2, 3, 4, 5].map((person) =>
      approveNewRun(office.ports, command(`of ${String(person)}`, `key-${String(person)}`), MONTH),
    ),
  );
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const { reason } of done.filter((result) => result.status === 'rejected')) {
    const code: unknown = reason instanceof PayoutError ? reason.code : reason;
    expect(['run_open', 'plan_changed']).toContain(code);
  }
  await expectSoundBooks(office);
});

test('many who schedule and export the same run at the same moment write each payout once', async () => {
  await using office = await openMonth();
  const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
  await Promise.all([1, 2, 3, 4].map(() => scheduleRun(office.ports, runId)));
  const runs = await Promise.all(
    [1, 2, 3, 4].map((person) =>
      exportRun(office.ports, command(`export ${String(person)}`), runId, EXPORT),
    ),
  );
  expect(runs.map(({ exports }) => exports.length)).toEqual([1, 1, 1, 1]);
  for (const partnerId of ['anna', 'bram']) {
    const payouts = await payoutsOf(office, partnerId);
    expect(payouts.map(({ documents }) => documents.length)).toEqual([1]);
  }
  await expectSoundBooks(office);
});

test('a read model that lags is not paid from', async () => {
  await using office = await openMonth();
  // Nobody follows the log for this one.
  const lagging = await openSqliteReadModel({ file: join(office.folder, 'lagging.sqlite') });
  const ports = { ...office.ports, readModel: lagging.readModel, waitMs: 20 };
  for (const doing of [
    () => previewRun(ports, MONTH),
    () => approveNewRun(ports, command('approve'), MONTH),
  ]) {
    await expect(doing()).rejects.toMatchObject({ code: 'read_model_behind' });
  }
  const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
  await expect(scheduleRun(ports, runId)).rejects.toMatchObject({ code: 'read_model_behind' });
  expect(await payoutsOf(office, 'anna')).toEqual([]);
  expect((await scheduleRun(office.ports, runId)).scheduled?.payouts).toBe(2);
  await lagging.close();
});

/** Holds back the first append to a stream until it is let go. */
function heldBack(store: EventStore, stream: string) {
  const reached = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  let isFirst = true;
  const held = storeAround(store, {
    append: async (to, events, expected) => {
      if (to === stream && isFirst) {
        isFirst = false;
        reached.resolve();
        await letGo.promise;
      }
      return store.append(to, events, expected);
    },
  });
  return { held, reached: reached.promise, letGo: letGo.resolve };
}

test('a process that slept through the end of its run and the whole next one pays nobody again', async () => {
  await using office = await openMonth();
  const { runId } = await approveNewRun(office.ports, command('first'), MONTH);
  await office.caughtUp();
  const sleeper = heldBack(office.store, streams.payouts('anna'));
  const sleeping = scheduleRun({ ...office.ports, store: sleeper.held }, runId);
  await sleeper.reached;

  // Anna's order changes, so another process leaves her out of the first run; the second one pays her.
  await refund(office, 'of-anna', 30_000, NOW);
  expect(await scheduleRun(office.ports, runId)).toMatchObject({ status: 'scheduled', skipped: 1 });
  const second = await approveNewRun(office.ports, command('second'), MONTH);
  expect(await scheduleRun(office.ports, second.runId)).toMatchObject({ skipped: 0 });

  sleeper.letGo();
  await sleeping;
  const payouts = await payoutsOf(office, 'anna');
  expect(payouts.map((payout) => [payout.runId, payout.amountCents])).toEqual([
    [second.runId, 7000],
  ]);
  await expectSoundBooks(office);
});

test('a process that wakes between the plan of the next run and its payouts leaves them to it', async () => {
  await using office = await openMonth();
  const { runId } = await approveNewRun(office.ports, command('first'), MONTH);
  await office.caughtUp();
  const sleeper = heldBack(office.store, streams.payouts('anna'));
  const sleeping = scheduleRun({ ...office.ports, store: sleeper.held }, runId);
  await sleeper.reached;
  await refund(office, 'of-anna', 30_000, NOW);
  await scheduleRun(office.ports, runId);
  const second = await approveNewRun(office.ports, command('second'), MONTH);
  await office.caughtUp();

  // It wrote nothing yet, so it finds that the first run left her out, and leaves her to the second.
  sleeper.letGo();
  await sleeping;
  await scheduleRun(office.ports, second.runId);
  const payouts = await payoutsOf(office, 'anna');
  expect(payouts.map((payout) => payout.runId)).toEqual([second.runId]);
  await expectSoundBooks(office);
});
