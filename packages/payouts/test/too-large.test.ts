import { EventStoreError, type EventStore } from '@provisie/event-store';
import { expect, test } from 'vitest';
import { cancelRun, scheduleRun } from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import { EXPORT, expectSoundBooks, payoutsOf, skippedOf } from './doings.ts';
import { command, day, MONTH, openMerchant, openOffice, openPartner, sell } from './office.ts';
import type { Office } from './office.ts';
import { storeAround } from './store-around.ts';

const MOST_CHARACTERS = 5000;

/** As a server that takes so much in one append, as KurrentDB takes a mebibyte by default. */
function smallStore(store: EventStore): EventStore {
  return storeAround(store, {
    append: async (stream, events, expected) => {
      if (JSON.stringify(events).length > MOST_CHARACTERS) {
        throw new EventStoreError('append_too_large', 'more than the server takes');
      }
      return store.append(stream, events, expected);
    },
  });
}

/** A partner with more orders than the store takes in one payout, between two with one each. */
async function openMonth(): Promise<Office> {
  const office = await openOffice({ around: smallStore });
  await openMerchant(office);
  for (const partnerId of ['anna', 'bram', 'cleo']) await openPartner(office, partnerId);
  await sell(office, 'of-anna', 'anna');
  for (let order = 1; order <= 60; order += 1) {
    await sell(office, `of-bram-${String(order)}`, 'bram', 100_000, day(order <= 30 ? 5 : 15));
  }
  await sell(office, 'of-cleo', 'cleo');
  return office;
}

test('a payout that the store can’t take is skipped by name, and everybody else is paid', async () => {
  await using office = await openMonth();
  const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
  expect(await scheduleRun(office.ports, runId)).toMatchObject({
    status: 'scheduled',
    scheduled: { payouts: 2, totalCents: 24_200 },
    skipped: 1,
  });
  await office.caughtUp();
  expect(await skippedOf(office, runId)).toEqual([
    expect.objectContaining({ partnerId: 'bram', reason: 'too_large', amountCents: 600_000 }),
  ]);
  const { exports } = await exportRun(office.ports, command('export'), runId, EXPORT);
  expect(exports).toMatchObject([{ payouts: 2, totalCents: 24_200 }]);

  const earlier = { ...MONTH, cutOff: day(20) };
  const first = await approveNewRun(office.ports, command('the first half'), earlier);
  expect(await scheduleRun(office.ports, first.runId)).toMatchObject({
    scheduled: { payouts: 1, netCents: 300_000 },
    skipped: 0,
  });
  await expectSoundBooks(office);
});

test('such a run can be cancelled', async () => {
  await using office = await openMonth();
  const { runId } = await approveNewRun(office.ports, command('approve'), MONTH);
  const request = { reason: 'wrong month', notSentToBank: false };
  expect(await cancelRun(office.ports, command('cancel'), runId, request)).toMatchObject({
    status: 'scheduled',
    scheduled: { payouts: 2 },
    skipped: 1,
  });
  for (const [partnerId, statuses] of [
    ['anna', ['cancelled']],
    ['bram', []],
  ] as const) {
    expect((await payoutsOf(office, partnerId)).map(({ status }) => status)).toEqual(statuses);
  }
  await expectSoundBooks(office);
});
