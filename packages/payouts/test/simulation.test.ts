import { streams, type PayoutRunView } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  cancelRun,
  confirmPayouts,
  endPayout,
  openDocumentDesk,
  PayoutError,
  scheduleRun,
} from '../src/index.ts';
import { exportRun } from '../src/exports/export-run.ts';
import { approveNewRun } from '../src/runs/approve-run.ts';
import { expectSoundBooks, paid, payoutsOf } from './doings.ts';
import {
  command,
  couponOf,
  day,
  MONTH,
  NOW,
  openMerchant,
  openOffice,
  openPartner,
  refund,
  sell,
  type Office,
} from './office.ts';

const PARTNERS = ['anna', 'bram', 'cleo'] as const;
const ORDERS = ['o1', 'o2', 'o3', 'o4', 'o5', 'o6'] as const;

/** One thing that somebody does; `n` tells one of its kind from another. */
type Act =
  | {
      readonly do: 'sell';
      readonly order: string;
      readonly partner: string;
      readonly cents: number;
    }
  | { readonly do: 'refund'; readonly order: string; readonly cents: number }
  | { readonly do: 'cancel order'; readonly order: string }
  | { readonly do: 'late click'; readonly order: string; readonly partner: string }
  | { readonly do: 'approve' | 'schedule' | 'export' | 'cancel run'; readonly n: number }
  | { readonly do: 'paid' | 'failed' | 'cancel payout'; readonly n: number };

const order = fc.constantFrom(...ORDERS);
const partner = fc.constantFrom(...PARTNERS);
const n = fc.nat({ max: 3 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('sell' as const),
      order,
      partner,
      cents: fc.integer({ min: 20_000, max: 200_000 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('refund' as const),
      order,
      cents: fc.integer({ min: 1, max: 90_000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel order' as const), order }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('late click' as const), order, partner }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom('approve' as const, 'schedule' as const, 'export' as const),
      n,
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel run' as const), n }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('paid' as const, 'failed' as const, 'cancel payout' as const),
      n,
    }),
  },
);

/** Groups of what happens at the same time. */
const story = fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), {
  minLength: 6,
  maxLength: 18,
});

async function perform(office: Office, doing: Act, step: number): Promise<void> {
  const { ports } = office;
  const runs = async () => (await ports.readModel.payoutRuns({ limit: 20, cursor: null })).rows;
  const oneRun = async (wanted: number): Promise<PayoutRunView | undefined> => {
    const known = await runs();
    return known[wanted % Math.max(1, known.length)];
  };
  switch (doing.do) {
    case 'sell':
      return sell(office, doing.order, doing.partner, doing.cents);
    case 'refund':
      return refund(office, doing.order, doing.cents, day(20) + step);
    case 'cancel order':
      return office.write('OrderCancelled', streams.order(doing.order), NOW, {
        orderId: doing.order,
      });
    case 'late click':
      // The order takes another coupon with it: heard of late, so that the award may move.
      return office.write('OrderPlaced', streams.order(doing.order), day(9), {
        orderId: doing.order,
        customer: doing.order.padEnd(43, '-'),
        currency: 'EUR',
        lines: [{ lineId: '1', amountCents: 80_000 }],
        couponCodes: [couponOf(doing.partner)],
      });
    case 'approve': {
      const name = command(
        `approve ${String(doing.n)} ${String(Math.floor(step / 3))}`,
        `key-${String(doing.n)}`,
      );
      const { runId } = await approveNewRun(ports, name, MONTH);
      await scheduleRun(ports, runId);
      return;
    }
    case 'schedule': {
      const run = await oneRun(doing.n);
      if (run !== undefined) await scheduleRun(ports, run.runId);
      return;
    }
    case 'export': {
      const run = await oneRun(doing.n);
      const replaces = doing.n === 3;
      const name = command(`export ${String(run?.runId)} ${String(replaces)} ${String(step)}`);
      if (run !== undefined)
        await exportRun(ports, name, run.runId, { executionDate: null, replaces });
      return;
    }
    case 'cancel run': {
      const run = await oneRun(doing.n);
      const cancel = { reason: 'mistake', notSentToBank: doing.n > 1 };
      if (run !== undefined)
        await cancelRun(ports, command(`cancel ${String(step)}`), run.runId, cancel);
      return;
    }
    case 'paid':
    case 'failed':
    case 'cancel payout':
      return end(office, doing);
  }
}

async function end(
  { ports }: Office,
  doing: { readonly do: 'paid' | 'failed' | 'cancel payout'; readonly n: number },
): Promise<void> {
  const { rows } = await ports.readModel.payouts({}, { limit: 50, cursor: null });
  const payout = rows[doing.n % Math.max(1, rows.length)];
  if (payout === undefined) return;
  if (doing.do === 'cancel payout') {
    const cancel = { outcome: 'cancelled', reason: 'mistake', notSentToBank: true } as const;
    await endPayout(openDocumentDesk(ports), 'key-1', payout, cancel);
    return;
  }
  const told = { amountCents: payout.totalCents, currency: 'EUR', reason: 'AC04' };
  await confirmPayouts(ports, 'key-1', [paid(payout.payoutId, { outcome: doing.do, ...told })]);
}

/** What was settled of each order, partner by partner. */
async function settled(office: Office): Promise<Map<string, Map<string, number>>> {
  const orders = new Map<string, Map<string, number>>();
  for (const partnerId of PARTNERS) {
    for (const payout of await payoutsOf(office, partnerId)) {
      if (payout.status === 'cancelled' || payout.status === 'failed') continue;
      for (const { orderId, amountCents } of payout.lines) {
        const partners = orders.get(orderId) ?? new Map<string, number>();
        orders.set(orderId, partners.set(partnerId, (partners.get(partnerId) ?? 0) + amountCents));
      }
    }
  }
  return orders;
}

async function expectSound(office: Office): Promise<void> {
  await expectSoundBooks(office);
  for (const [orderId, partners] of await settled(office)) {
    const paidTo = [...partners].filter(([, cents]) => cents > 0).map(([partnerId]) => partnerId);
    expect([orderId, paidTo.length]).toEqual([orderId, Math.min(1, paidTo.length)]);
  }
}

/** A last run settles everything: then each order was paid exactly what it is worth. */
async function settleAll(office: Office): Promise<void> {
  for (const { runId, status } of (
    await office.ports.readModel.payoutRuns({ limit: 50, cursor: null })
  ).rows) {
    if (status === 'scheduling') await scheduleRun(office.ports, runId);
  }
  try {
    const { runId } = await approveNewRun(office.ports, command('the last'), MONTH);
    await scheduleRun(office.ports, runId);
  } catch (error) {
    if (!(error instanceof PayoutError) || error.code !== 'nothing_due') throw error;
  }
  await office.caughtUp();
  const { rows } = await office.readModel.readModel.balances(
    {},
    { asOf: NOW, knownAt: null },
    { limit: 10, cursor: null },
  );
  for (const { partnerId, payableCents } of rows) {
    expect([partnerId, Math.max(0, payableCents)]).toEqual([partnerId, 0]);
  }
}

test('whatever people do at the same time, nobody is paid twice and nothing is lost', async () => {
  let payouts = 0;
  await fc.assert(
    fc.asyncProperty(story, async (steps) => {
      await using office = await openOffice();
      await openMerchant(office, { payoutThresholdCents: 0 });
      for (const partnerId of PARTNERS) await openPartner(office, partnerId);
      let step = 0;
      for (const together of steps) {
        step += 1;
        const done = await Promise.allSettled(
          together.map((doing) => perform(office, doing, step)),
        );
        for (const { reason } of done.filter((result) => result.status === 'rejected')) {
          if (!(reason instanceof PayoutError)) throw reason;
        }
      }
      await settleAll(office);
      await expectSound(office);
      const { rows } = await office.ports.readModel.payouts({}, { limit: 100, cursor: null });
      payouts += rows.length;
    }),
    { numRuns: 12, endOnFailure: true },
  );
  // Or the stories would prove nothing.
  expect(payouts).toBeGreaterThan(20);
}, 120_000);

test('the log names who asked for what', async () => {
  await using office = await openOffice();
  await openMerchant(office);
  await openPartner(office, 'anna');
  await sell(office, 'o1', 'anna');
  await approveNewRun(office.ports, command('approve', 'key-7'), MONTH);
  const events = await Array.fromAsync(office.store.readStream(streams.payoutRuns));
  expect(events.map((event) => [readFact(event).type, event.metadata['by']])).toEqual([
    ['PayoutRunOpened', 'key-7'],
  ]);
});
