import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventStoreError } from '@provisie/event-store';
import { expect, onTestFinished, test } from 'vitest';
import { confirmRun } from '../src/index.ts';
import { expectSoundBooks, payOut, payoutsOf } from './doings.ts';
import { openMerchant, openOffice, openPartner, sell } from './office.ts';

const PARTNERS = Array.from({ length: 30 }, (_, index) => `partner${String(index)}`);
const PAGE_BYTES = 4096;

/** Goes on with the month where it stopped; false when the disk was full before its end. */
async function hasRoomFor(folder: string, maxFileBytes: number): Promise<boolean> {
  await using office = await openOffice({ folder, maxFileBytes });
  try {
    const { runId } = await payOut(office);
    await office.caughtUp();
    await confirmRun(office.ports, 'key-1', runId, { at: null, totalCents: null });
    return true;
  } catch (error) {
    if (error instanceof EventStoreError && error.code === 'store_full') return false;
    throw error;
  }
}

test('a disk that is full again and again holds a month up, and nothing is paid twice or lost', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-full-disk-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  {
    await using office = await openOffice({ folder });
    await openMerchant(office);
    for (const partnerId of PARTNERS) {
      await openPartner(office, partnerId);
      await sell(office, `of-${partnerId}`, partnerId);
    }
  }
  let maxFileBytes = statSync(join(folder, 'events.sqlite')).size;
  let timesFull = 0;
  while (!(await hasRoomFor(folder, maxFileBytes))) {
    timesFull += 1;
    maxFileBytes += 4 * PAGE_BYTES;
  }
  expect(timesFull).toBeGreaterThan(3);

  await using office = await openOffice({ folder });
  for (const partnerId of PARTNERS) {
    const payouts = await payoutsOf(office, partnerId);
    expect(payouts.map(({ status, totalCents }) => [status, totalCents])).toEqual([
      ['paid', 12_100],
    ]);
    expect(payouts.map(({ documents }) => documents.length)).toEqual([1]);
  }
  await expectSoundBooks(office);
});
