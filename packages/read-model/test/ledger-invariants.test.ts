import type { Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { ledgerViolations } from '../src/verifying/ledger-invariants.ts';
import type { Tables } from '../src/tables/index.ts';
import {
  day,
  document,
  event,
  order,
  refund,
  scheduled,
  smallProgramme,
  terms,
  writtenOff,
  type Written,
} from './events.ts';
import { onEachDatabase } from './dialects.ts';

const paying = (orderId: string, amountCents = 7000) => ({
  orderId,
  touchId: 'coupon:ANN10',
  amountCents,
});
const [paid, refunded, netted, bobs] = [
  scheduled('p-1', 'ann', day(40), [paying('o-1')], { taxProfile: 'nl_business' }),
  refund('o-1', 'r', day(45), 20_000),
  scheduled('p-2', 'ann', day(60), [paying('o-1', -2000), paying('o-2')], {
    taxProfile: 'nl_business',
  }),
  scheduled('p-3', 'bob', day(60), [paying('o-3')]),
] as const;

const quarter: readonly Written[] = [
  ...smallProgramme(),
  ...['o-1', 'o-2', 'o-3', 'o-4'].map((id) =>
    order(id, `c-${id}`, day(20), { codes: [id === 'o-3' ? 'BOB10' : 'ANN10'] }),
  ),
  paid,
  document(paid, 'ann-0001', 'self_billing_invoice', 8470),
  event('PayoutPaid', day(42), { payoutId: 'p-1', partnerId: 'ann' }),
  refunded,
  netted,
  document(netted, 'ann-0002', 'self_billing_invoice', 8470),
  document(netted, 'ann-0003', 'credit_note', 2420),
  event('PayoutExported', day(61), { payoutId: 'p-2', partnerId: 'ann', attempt: 1 }),
  bobs,
  document(bobs, 'bob-S0001', 'payout_statement', 7000),
  refund('o-3', 'r', day(62), 10_000),
  writtenOff('w-1', 'ann', day(63), [{ orderId: 'o-4', amountCents: 500 }]),
];

interface Case {
  readonly when: string;
  readonly tamper: (db: Kysely<Tables>) => Promise<unknown>;
  readonly says: string;
}

const line = (db: Kysely<Tables>, account: string, payoutId: string) =>
  db
    .updateTable('journal_lines')
    .where('account', '=', account)
    .where('entry', 'in', (query) =>
      query.selectFrom('journal_entries').select('entry').where('payout_id', '=', payoutId),
    );

const CASES: readonly Case[] = [
  {
    when: 'a line has another amount',
    tamper: (db) => line(db, 'bank', 'p-1').set({ amount_cents: -8469 }).execute(),
    says: 'is off balance by 1 cents',
  },
  {
    when: 'a line counts from another moment',
    tamper: (db) =>
      line(db, 'bank', 'p-1')
        .set({ effective_at: day(41) })
        .execute(),
    says: 'is off balance by -8470 cents',
  },
  {
    when: 'a line is of another currency',
    tamper: (db) => line(db, 'bank', 'p-1').set({ currency: 'USD' }).execute(),
    says: 'The trial balance in USD is off by -8470 cents.',
  },
  {
    when: 'an order earned something else',
    tamper: (db) =>
      db
        .updateTable('commissions')
        .set({ amount_cents: 1 })
        .where('order_id', '=', 'o-2')
        .execute(),
    says: 'Order o-2: the journal owes ann 7000 cents, the commission is 1.',
  },
  {
    when: 'the entries of an order are gone',
    tamper: (db) => db.deleteFrom('journal_entries').where('order_id', '=', 'o-4').execute(),
    says: "Order o-4 earned 7000 cents that the journal doesn't know.",
  },
  {
    when: 'an open item has another amount',
    tamper: (db) =>
      db.updateTable('open_items').set({ open_cents: 1 }).where('order_id', '=', 'o-4').execute(),
    says: 'ann EUR: the journal ends up owing 6500 cents, the open items come to 1.',
  },
  {
    when: 'an open item is gone',
    tamper: (db) => db.deleteFrom('open_items').where('partner_id', '=', 'bob').execute(),
    says: 'bob EUR: the journal ends up owing -1000 cents, the open items come to 0.',
  },
  {
    when: 'a partner owes us on the account of what we owe them',
    tamper: (db) =>
      db
        .updateTable('journal_lines')
        .set({ account: 'partner_payable' })
        .where('account', '=', 'clawback_receivable')
        .where('partner_id', '=', 'bob')
        .execute(),
    says: 'bob EUR: partner_payable ends up on the wrong side, at 1000 cents.',
  },
  {
    when: 'a payout that was paid is still on its way',
    tamper: (db) =>
      db
        .updateTable('payouts')
        .set({ status: 'exported' })
        .where('payout_id', '=', 'p-1')
        .execute(),
    says: 'Payout p-1: the journal has -8470 cents too many in transit and 8470 too many paid by the bank.',
  },
  {
    when: 'money left the bank for no payout',
    tamper: (db) => db.deleteFrom('payouts').where('payout_id', '=', 'p-1').execute(),
    says: 'Payout p-1: the journal has 0 cents too many in transit and 8470 too many paid by the bank.',
  },
  {
    when: 'the lines of a payout come to something else',
    tamper: (db) => changeScheduled(db, '"amountCents":-2000', '"amountCents":-1000'),
    says: 'Payout p-2 pays 5000 cents, its lines come to 6000 and its VAT parts to 5000.',
  },
  {
    when: 'amount and VAT come to something else than the total',
    tamper: (db) => changeScheduled(db, '"vatCents":-420', '"vatCents":-400'),
    says: 'Payout p-2 pays 5000 cents and 1070 of VAT, its total is 6050 and is kept as 6050.',
  },
  {
    when: 'the kept total is another',
    tamper: (db) =>
      db.updateTable('payouts').set({ total_cents: 1 }).where('payout_id', '=', 'p-2').execute(),
    says: 'its total is 6050 and is kept as 1.',
  },
  {
    when: 'a document is for another amount',
    tamper: (db) =>
      db
        .updateTable('documents')
        .set({ total_cents: 2400 })
        .where('number', '=', 'ann-0003')
        .execute(),
    says: 'Payout p-2 pays 6050 cents, its documents come to 6070.',
  },
  {
    when: 'a document number is missing',
    tamper: (db) => db.deleteFrom('documents').where('number', '=', 'ann-0001').execute(),
    says: 'There is no document ann-0001, but there are 2.',
  },
  {
    when: 'a statement has a number of the invoices',
    tamper: (db) =>
      db
        .updateTable('documents')
        .set({ number: 'bob-0001' })
        .where('number', '=', 'bob-S0001')
        .execute(),
    says: 'There is no document bob-S0001, but there are 1.',
  },
  {
    when: 'two documents have one number',
    tamper: (db) =>
      db
        .updateTable('documents')
        .set({ number: 'ann-0001' })
        .where('number', '=', 'ann-0003')
        .execute(),
    says: 'Of 3 documents of ann only 2 have a number of their own.',
  },
];

async function changeScheduled(db: Kysely<Tables>, from: string, to: string): Promise<void> {
  const row = await db
    .selectFrom('facts')
    .select(['position', 'data'])
    .where('key', '=', 'p-2')
    .where('type', '=', 'PayoutScheduled')
    .executeTakeFirstOrThrow();
  expect(row.data).toContain(from);
  await db
    .updateTable('facts')
    .set({ data: row.data.replace(from, to) })
    .where('position', '=', row.position)
    .execute();
}

onEachDatabase((models) => {
  test('a quarter with payouts, a refund, netting and a write-off keeps every invariant', async () => {
    const { database } = await models.after(quarter);
    expect(await ledgerViolations(database.reading)).toEqual([]);
  });

  test.each(CASES)('a violation is told when $when', async ({ tamper, says }) => {
    const { database } = await models.after(quarter);
    await database.transaction(({ db }) => tamper(db));
    expect((await ledgerViolations(database.reading)).join('\n')).toContain(says);
  });

  test('what was settled of orders that were never placed is left out, and nothing else', async () => {
    const { database } = await models.after([
      ...quarter,
      scheduled('p-9', 'ann', day(70), [paying('o-ghost')]),
      writtenOff('w-9', 'ann', day(70), [{ orderId: 'o-ghost', amountCents: -300 }]),
      writtenOff('w-8', 'bob', day(70), [{ orderId: 'o-4', amountCents: 200 }]),
    ]);
    expect(await ledgerViolations(database.reading)).toEqual([]);
    await database.transaction(({ db }) =>
      db.updateTable('open_items').set({ open_cents: 1 }).where('order_id', '=', 'o-4').execute(),
    );
    expect(await ledgerViolations(database.reading)).toEqual([
      'ann EUR: the journal ends up owing -200 cents, the open items come to -6699.',
    ]);
  });

  test.each([
    ['in full', 7000],
    ['in part', 2500],
    ['by more than it comes to', 9000],
  ])('an order whose hold has no end may be written off %s', async (_, amountCents) => {
    const { database } = await models.after([
      ...smallProgramme(),
      terms('affiliate', 2, day(10), { holdFrom: 'completed' }),
      order('o-1', 'c-1', day(20), { codes: ['ANN10'] }),
      writtenOff('w-1', 'ann', day(63), [{ orderId: 'o-1', amountCents }]),
    ]);
    expect(await ledgerViolations(database.reading)).toEqual([]);
    await database.transaction(({ db }) =>
      db
        .updateTable('journal_lines')
        .set({ amount_cents: -1 })
        .where('account', '=', 'partner_pending')
        .execute(),
    );
    expect((await ledgerViolations(database.reading)).join('\n')).toContain(
      'ann EUR: the journal ends up owing',
    );
  });
});
