import { expect, test } from 'vitest';
import type { InvalidMomentsError, AsOf, StatementRequest } from '../src/index.ts';
import {
  day,
  event,
  order,
  recorded,
  refund,
  scheduled,
  smallProgramme,
  writtenOff,
  type Written,
} from './events.ts';
import { applyInBatches, firstPage } from './read-models.ts';
import { onEachDatabase } from './dialects.ts';

/** Sold, paid with VAT, refunded, taken back, and a second order written off in part. */
const account: readonly Written[] = [
  ...smallProgramme(),
  order('o-1', 'c', day(20), { codes: ['ANN10'] }),
  scheduled('p-1', 'ann', day(40), [paying('o-1', 7000)], { taxProfile: 'nl_business' }),
  event('PayoutPaid', day(42), { payoutId: 'p-1', partnerId: 'ann' }),
  order('o-2', 'd', day(45), { codes: ['ANN10'] }),
  writtenOff('w-1', 'ann', day(70), [{ orderId: 'o-2', amountCents: 1000 }]),
  // Heard of last, though it happened before the payout was paid.
  refund('o-1', 'r', day(41), 20_000),
];

function paying(orderId: string, amountCents: number) {
  return { orderId, touchId: 'coupon:ANN10', amountCents };
}

const heardBeforeRefund = day(400) + (account.length - 2) * 1000;
const request: StatementRequest = {
  partnerId: 'ann',
  currency: 'EUR',
  from: null,
  asOf: day(100),
  knownAt: null,
};

interface Case {
  readonly when: string;
  readonly changes: Partial<StatementRequest>;
  readonly opening: readonly [pending: number, balance: number];
  readonly lines: number;
  readonly closing: readonly [pending: number, balance: number];
}

const CASES: readonly Case[] = [
  { when: 'of everything', changes: {}, opening: [0, 0], lines: 9, closing: [0, 4000] },
  {
    when: 'before anything',
    changes: { asOf: day(19) },
    opening: [0, 0],
    lines: 0,
    closing: [0, 0],
  },
  {
    when: 'in hold at the last millisecond',
    changes: { asOf: day(34) - 1 },
    opening: [0, 0],
    lines: 1,
    closing: [7000, 0],
  },
  {
    when: 'past hold from that millisecond on',
    changes: { asOf: day(34) },
    opening: [0, 0],
    lines: 3,
    closing: [0, 7000],
  },
  {
    when: 'of a period, both ends inclusive',
    changes: { from: day(40), asOf: day(45) },
    opening: [0, 7000],
    lines: 3,
    closing: [7000, -2000],
  },
  {
    when: 'before the refund was heard of',
    changes: { asOf: day(45), knownAt: heardBeforeRefund },
    opening: [0, 0],
    lines: 5,
    closing: [7000, 0],
  },
  {
    when: 'when the refund was heard of',
    changes: { asOf: day(45), knownAt: heardBeforeRefund + 1000 },
    opening: [0, 0],
    lines: 6,
    closing: [7000, -2000],
  },
  {
    when: 'of another currency',
    changes: { currency: 'USD' },
    opening: [0, 0],
    lines: 0,
    closing: [0, 0],
  },
  {
    when: 'of a partner without any',
    changes: { partnerId: 'bob' },
    opening: [0, 0],
    lines: 0,
    closing: [0, 0],
  },
];

const january: AsOf = { asOf: day(45), knownAt: heardBeforeRefund };

onEachDatabase((models) => {
  async function statement(changes: Partial<StatementRequest> = {}) {
    const { readModel } = await models.after(account);
    return readModel.statement({ ...request, ...changes }, firstPage);
  }

  const shown = (lines: Awaited<ReturnType<typeof statement>>['lines']) =>
    lines.map((line) => [
      Math.round((line.effectiveAt - day(0)) / 86_400_000),
      line.causeType,
      line.orderId ?? line.payoutId ?? line.writeOffId,
      line.account,
      line.amountCents,
      line.pendingCents,
      line.balanceCents,
    ]);

  test('a statement tells line by line what happened, in favour of the partner or not', async () => {
    const { opening, lines, closing, next } = await statement();
    expect(opening).toEqual({ pendingCents: 0, balanceCents: 0 });
    expect(shown(lines)).toEqual([
      [20, 'OrderPlaced', 'o-1', 'partner_pending', 7000, 7000, 0],
      [34, 'OrderPlaced', 'o-1', 'partner_payable', 7000, 7000, 7000],
      [34, 'OrderPlaced', 'o-1', 'partner_pending', -7000, 0, 7000],
      [40, 'PayoutScheduled', 'p-1', 'partner_payable', -7000, 0, 0],
      [41, 'OrderRefunded', 'o-1', 'clawback_receivable', -2000, 0, -2000],
      [45, 'OrderPlaced', 'o-2', 'partner_pending', 7000, 7000, -2000],
      [59, 'OrderPlaced', 'o-2', 'partner_payable', 7000, 7000, 5000],
      [59, 'OrderPlaced', 'o-2', 'partner_pending', -7000, 0, 5000],
      [70, 'BalanceWrittenOff', 'w-1', 'partner_payable', -1000, 0, 4000],
    ]);
    expect(closing).toEqual({ pendingCents: 0, balanceCents: 4000 });
    expect(next).toBeNull();
  });

  test.each(CASES)('a statement $when', async ({ changes, opening, lines, closing }) => {
    const told = await statement(changes);
    expect([told.opening.pendingCents, told.opening.balanceCents]).toEqual(opening);
    expect(told.lines).toHaveLength(lines);
    expect([told.closing.pendingCents, told.closing.balanceCents]).toEqual(closing);
  });

  test.each([1, 2, 4])('pages of %i lines carry the balance on', async (limit) => {
    const { readModel } = await models.after(account);
    const asked = { ...request, from: day(30) };
    const whole = await readModel.statement(asked, firstPage);
    const lines: unknown[] = [];
    for (let cursor: string | null = null; ;) {
      const page = await readModel.statement(asked, { limit, cursor });
      expect([page.opening, page.closing]).toEqual([whole.opening, whole.closing]);
      lines.push(...page.lines);
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(lines).toEqual(whole.lines);
  });

  test('later pages show what the first did, whatever is heard in between', async () => {
    const log = recorded(account);
    const model = await models.afterLog(log.slice(0, -1));
    const first = await model.readModel.statement(request, { limit: 3, cursor: null });
    await applyInBatches(model, log.slice(-1), [1]);
    const second = await model.readModel.statement(request, { limit: 100, cursor: first.next });
    expect(second.closing).toEqual(first.closing);
    expect(second.lines.map((line) => line.causeType)).not.toContain('OrderRefunded');
    expect(second.lines.at(-1)).toMatchObject(second.closing);
  });

  test('a difference names what was heard of since, and what happened since', async () => {
    const { readModel } = await models.after(account);
    const now = { asOf: day(59), knownAt: null };
    const difference = await readModel.statementDifference('ann', 'EUR', january, now, firstPage);
    expect(difference.before).toEqual({ pendingCents: 7000, balanceCents: 0 });
    expect(difference.after).toEqual({ pendingCents: 0, balanceCents: 5000 });
    const told = difference.lines.map((line) => [line.why, line.causeType, line.amountCents]);
    expect(told).toEqual([
      ['heard_since', 'OrderRefunded', -2000],
      ['happened_since', 'OrderPlaced', 7000],
      ['happened_since', 'OrderPlaced', -7000],
    ]);
    const first = await readModel.statementDifference('ann', 'EUR', january, now, {
      limit: 1,
      cursor: null,
    });
    expect(first.lines).toEqual(difference.lines.slice(0, 1));
    const rest = await readModel.statementDifference('ann', 'EUR', january, now, {
      limit: 10,
      cursor: first.next,
    });
    expect(rest.lines).toEqual(difference.lines.slice(1));
  });

  test('between a moment and itself there is no difference', async () => {
    const { readModel } = await models.after(account);
    const none = await readModel.statementDifference('ann', 'EUR', january, january, firstPage);
    expect(none).toMatchObject({ lines: [], next: null });
    expect(none.before).toEqual(none.after);
  });

  test.each<[string, AsOf, AsOf, InvalidMomentsError['clock']]>([
    ['asOf', { asOf: 2, knownAt: 1 }, { asOf: 1, knownAt: 1 }, 'asOf'],
    ['knownAt', { asOf: 1, knownAt: 2 }, { asOf: 1, knownAt: 1 }, 'knownAt'],
    ['knownAt, from everything', { asOf: 1, knownAt: null }, { asOf: 1, knownAt: 1 }, 'knownAt'],
  ])('a difference back in %s is refused', async (_, before, later, clock) => {
    const { readModel } = await models.after([]);
    await expect(
      readModel.statementDifference('ann', 'EUR', before, later, firstPage),
    ).rejects.toMatchObject({ name: 'InvalidMomentsError', clock });
  });

  const trial = async (at: AsOf) => {
    const { readModel } = await models.after(account);
    const rows = await readModel.trialBalance(at);
    expect(rows.every((row) => row.balanceCents === row.debitCents - row.creditCents)).toBe(true);
    expect(rows.reduce((sum, row) => sum + row.balanceCents, 0)).toBe(0);
    return Object.fromEntries(
      rows.filter((row) => row.balanceCents !== 0).map((row) => [row.account, row.balanceCents]),
    );
  };

  test.each<[string, AsOf, Record<string, number>]>([
    ['before anything', { asOf: day(1), knownAt: null }, {}],
    [
      'in hold',
      { asOf: day(20), knownAt: null },
      { commission_expense: 7000, partner_pending: -7000 },
    ],
    [
      'while the payout is on its way',
      { asOf: day(40), knownAt: null },
      { commission_expense: 7000, payouts_in_transit: -8470, vat_deductible: 1470 },
    ],
    [
      'paid, with the refund',
      { asOf: day(42), knownAt: null },
      { commission_expense: 5000, clawback_receivable: 2000, bank: -8470, vat_deductible: 1470 },
    ],
    [
      'paid, before the refund was heard of',
      { asOf: day(42), knownAt: heardBeforeRefund },
      { commission_expense: 7000, bank: -8470, vat_deductible: 1470 },
    ],
    [
      'at the end',
      { asOf: day(100), knownAt: null },
      {
        commission_expense: 12_000,
        partner_payable: -6000,
        clawback_receivable: 2000,
        bank: -8470,
        vat_deductible: 1470,
        write_offs: -1000,
      },
    ],
  ])('the trial balance %s', async (_, at, balances) => {
    expect(await trial(at)).toEqual(balances);
  });

  test('a trial balance tells debits from credits', async () => {
    const { readModel } = await models.after(account);
    const rows = await readModel.trialBalance({ asOf: day(34), knownAt: heardBeforeRefund });
    expect(rows).toEqual([
      {
        currency: 'EUR',
        account: 'commission_expense',
        debitCents: 7000,
        creditCents: 0,
        balanceCents: 7000,
      },
      {
        currency: 'EUR',
        account: 'partner_payable',
        debitCents: 0,
        creditCents: 7000,
        balanceCents: -7000,
      },
      {
        currency: 'EUR',
        account: 'partner_pending',
        debitCents: 7000,
        creditCents: 7000,
        balanceCents: 0,
      },
    ]);
  });

  test('a balance shows what is to be taken back, and the VAT that goes through the bank', async () => {
    const { readModel } = await models.after(account);
    const balance = async (asOf: number) =>
      (await readModel.balances({ partnerId: 'ann' }, { asOf, knownAt: null }, firstPage)).rows[0];
    expect(await balance(day(40))).toMatchObject({
      payableCents: 0,
      clawbackCents: 0,
      scheduledCents: 8470,
      paidCents: 0,
      vatCents: 1470,
    });
    expect(await balance(day(42))).toMatchObject({
      payableCents: -2000,
      clawbackCents: 2000,
      scheduledCents: 0,
      paidCents: 8470,
      vatCents: 1470,
      missingCents: 7000,
      payoutDue: false,
    });
    expect(await balance(day(70))).toMatchObject({
      payableCents: 4000,
      clawbackCents: 2000,
      writtenOffCents: 1000,
    });
  });
});
