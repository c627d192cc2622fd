import { expect, test } from 'vitest';
import type { PayoutFilter, SkippedFilter } from '../src/index.ts';
import {
  day,
  document,
  event,
  merchant,
  order,
  payoutDetails,
  payoutSkipped,
  runApproved,
  runClosed,
  runExported,
  runOpened,
  runPlanned,
  scheduled,
  smallProgramme,
  type Written,
} from './events.ts';
import { firstPage } from './read-models.ts';
import { onEachDatabase } from './dialects.ts';

const paying = (orderId: string) => ({ orderId, touchId: 'coupon:ANN10', amountCents: 7000 });
const [first, second, third] = [
  scheduled('p-1', 'ann', day(40), [paying('o-1'), paying('o-2')], {
    taxProfile: 'nl_business',
  }),
  scheduled('p-2', 'bob', day(40), [paying('o-3')]),
  scheduled('p-3', 'ann', day(50), [paying('o-4')], { runId: 'run-2' }),
] as const;

const month: readonly Written[] = [
  ...smallProgramme(),
  ...['o-1', 'o-2', 'o-3', 'o-4'].map((id) =>
    order(id, `c-${id}`, day(20), { codes: [id === 'o-3' ? 'BOB10' : 'ANN10'] }),
  ),
  runOpened('run-1', day(40), 2),
  runPlanned('run-1', day(40)),
  runApproved('run-1', day(40, 1)),
  first,
  second,
  payoutSkipped('run-1', day(40, 1), 'cas'),
  runClosed('run-1', day(40, 2)),
  event('PayoutExported', day(41), { payoutId: 'p-1', partnerId: 'ann', attempt: 1 }),
  document(first, 'ann-0001', 'self_billing_invoice', 16_940),
  event('PayoutExported', day(41), { payoutId: 'p-2', partnerId: 'bob', attempt: 1 }),
  document(second, 'bob-S0001', 'payout_statement', 7000),
  runExported('run-1', day(41)),
  event('PayoutPaid', day(43), { payoutId: 'p-2', partnerId: 'bob', reference: 'B-7' }),
  event('PayoutFailed', day(44), { payoutId: 'p-1', partnerId: 'ann', reason: 'closed account' }),
  document(first, 'ann-0002', 'credit_note', 16_940, { about: 'reversal' }),
  runOpened('run-2', day(50)),
  payoutSkipped('run-2', day(50), 'cas'),
  payoutSkipped('run-2', day(51), 'bob'),
  third,
];

onEachDatabase((models) => {
  test('payouts come newest first, by partner, run and status', async () => {
    const { readModel } = await models.after(month);
    const ids = async (filter: PayoutFilter) =>
      (await readModel.payouts(filter, firstPage)).rows.map((row) => row.payoutId);
    expect(await ids({})).toEqual(['p-3', 'p-2', 'p-1']);
    expect(await ids({ partnerId: 'ann' })).toEqual(['p-3', 'p-1']);
    expect(await ids({ runId: 'run-1' })).toEqual(['p-2', 'p-1']);
    expect(await ids({ status: 'paid' })).toEqual(['p-2']);
    expect(await ids({ partnerId: 'ann', status: 'failed' })).toEqual(['p-1']);
    const page = await readModel.payouts({}, { limit: 2, cursor: null });
    expect(page.rows).toHaveLength(2);
    const rest = await readModel.payouts({}, { limit: 2, cursor: page.next });
    expect(rest.rows.map((row) => row.payoutId)).toEqual(['p-1']);
    expect(rest.next).toBeNull();
  });

  test('a listing counts lines where the payout has them, with its documents in both', async () => {
    const { readModel } = await models.after(month);
    const { rows } = await readModel.payouts({ partnerId: 'ann', status: 'failed' }, firstPage);
    const payout = await readModel.payout('p-1');
    expect(payout).toMatchObject({
      status: 'failed',
      amountCents: 14_000,
      totalCents: 16_940,
      exportedAt: day(41),
      attempt: 1,
      endedAt: day(44),
      reason: 'closed account',
      documents: [
        { number: 'ann-0001', kind: 'self_billing_invoice' },
        { number: 'ann-0002', kind: 'credit_note' },
      ],
    });
    expect(payout?.lines.map((line) => line.orderId)).toEqual(['o-1', 'o-2']);
    const { lines, ...summary } = payout ?? { lines: [] };
    expect(rows).toEqual([{ ...summary, lineCount: lines.length }]);
    expect(await readModel.payout('none')).toBeNull();
  });

  test('runs come newest first, with who approved them and what was made of them', async () => {
    const { readModel } = await models.after(month);
    const { rows, next } = await readModel.payoutRuns({ limit: 1, cursor: null });
    expect(rows).toMatchObject([{ runId: 'run-2', status: 'scheduling', closedAt: null }]);
    const rest = await readModel.payoutRuns({ limit: 1, cursor: next });
    expect(rest.rows).toEqual([await readModel.payoutRun('run-1')]);
    expect(await readModel.payoutRun('run-1')).toMatchObject({
      status: 'scheduled',
      approvedBy: ['key-1', 'key-2'],
      closedAt: day(40, 2),
      exports: [{ attempt: 1, totalCents: 7000 }],
    });
    expect(await readModel.payoutRun('none')).toBeNull();
  });

  test('skipped payouts come newest first, by partner and run, with what was approved', async () => {
    const { readModel } = await models.after(month);
    const found = async (filter: SkippedFilter) => {
      const first = await readModel.skippedPayouts(filter, { limit: 1, cursor: null });
      const rest = { limit: 500, cursor: first.next };
      const others = first.next === null ? [] : (await readModel.skippedPayouts(filter, rest)).rows;
      return [...first.rows, ...others].map((row) => [row.runId, row.partnerId]);
    };
    const [first, second, third] = [
      ['run-2', 'bob'],
      ['run-2', 'cas'],
      ['run-1', 'cas'],
    ];
    expect(await found({})).toEqual([first, second, third]);
    expect(await found({ runId: 'run-2' })).toEqual([first, second]);
    expect(await found({ partnerId: 'cas' })).toEqual([second, third]);
    expect((await readModel.skippedPayouts({ runId: 'run-1' }, firstPage)).rows).toMatchObject([
      { amountCents: 7000, totalCents: 8470, reason: 'suspended', skippedAt: day(40, 1) },
    ]);
    expect((await readModel.payouts({ runId: 'run-1' }, firstPage)).rows).toHaveLength(2);
  });

  test('documents come newest first, by partner and payout', async () => {
    const { readModel } = await models.after(month);
    const numbers = async (filter: { partnerId?: string; payoutId?: string }) =>
      (await readModel.documents(filter, firstPage)).rows.map((row) => row.number);
    expect(await numbers({})).toEqual(['ann-0002', 'bob-S0001', 'ann-0001']);
    expect(await numbers({ partnerId: 'ann' })).toEqual(['ann-0002', 'ann-0001']);
    expect(await numbers({ payoutId: 'p-2' })).toEqual(['bob-S0001']);
    const page = await readModel.documents({}, { limit: 2, cursor: null });
    const rest = await readModel.documents({}, { limit: 2, cursor: page.next });
    expect(rest.rows.map((row) => row.number)).toEqual(['ann-0001']);
    const [invoice] = rest.rows;
    expect(await readModel.document(invoice?.documentId ?? '')).toEqual(invoice);
    expect(invoice).toMatchObject({ payoutId: 'p-1', totalCents: 16_940, issueDate: '2026-02-01' });
    expect(invoice).not.toHaveProperty('parties');
    expect(await readModel.document('none')).toBeNull();
  });

  test('the merchant is who they said they are last, whenever that was heard of', async () => {
    const { readModel: nobody } = await models.after([]);
    expect(await nobody.merchant()).toBeNull();
    const { readModel } = await models.after([
      merchant('Old BV', day(5)),
      merchant('New BV', day(9)),
      merchant('Older BV', day(3)),
    ]);
    expect(await readModel.merchant()).toMatchObject({ legalName: 'New BV', changedAt: day(9) });
    const either = [merchant('A BV', day(9)), merchant('B BV', day(9))];
    for (const changes of [either, either.toReversed()]) {
      const { readModel: both } = await models.after(changes);
      expect(await both.merchant()).toMatchObject({ legalName: 'A BV' });
    }
  });

  test('a partner shows payout details, agreement and review as they stand', async () => {
    const { readModel } = await models.after([
      ...smallProgramme(),
      payoutDetails('ann', day(5), 'nl_business'),
      event('SelfBillingAgreed', day(6), {
        partnerId: 'ann',
        agreement: '2026-1',
        recordedFor: 'partner',
      }),
      event('PartnerReviewOpened', day(7), { partnerId: 'ann', reason: 'odd orders' }),
      event('PartnerReviewOpened', day(7), { partnerId: 'bob', reason: 'odd orders' }),
      event('PartnerReviewClosed', day(8), { partnerId: 'bob' }),
    ]);
    expect(await readModel.partner('ann')).toMatchObject({
      payoutDetails: { taxProfile: 'nl_business', changedAt: day(5) },
      selfBilling: { agreement: '2026-1', agreedAt: day(6) },
      review: { reason: 'odd orders', openedAt: day(7) },
    });
    expect(await readModel.partner('bob')).toMatchObject({
      payoutDetails: null,
      selfBilling: null,
      review: null,
    });
  });

  test('entries of the journal name the kind of event, and the payout or write-off', async () => {
    const { readModel } = await models.after(month);
    const { rows } = await readModel.journal({ partnerId: 'bob' }, firstPage);
    const told = rows.map((row) => [row.causeType, row.orderId, row.payoutId, row.writeOffId]);
    expect(told).toEqual([
      ['OrderPlaced', 'o-3', null, null],
      ['PayoutScheduled', null, 'p-2', null],
      ['PayoutPaid', null, 'p-2', null],
    ]);
  });
});
