import type { EntityFact, Fact, FactOfType } from '@provisie/domain';
import { z } from 'zod';
import { insertion, statement, type Session } from './session.ts';
import type { EntityKind, FactKind, FactTable } from './tables.ts';

export interface About {
  readonly kind: EntityKind;
  readonly key: string;
}

/** What an entity fact is about: the thing under which it is kept. */
export function aboutOf(fact: EntityFact): About {
  switch (fact.type) {
    case 'OrderPlaced':
    case 'OrderAmended':
    case 'OrderCompleted':
    case 'OrderRefunded':
    case 'OrderCancelled':
      return { kind: 'order', key: fact.data.orderId };
    case 'CommissionRejected':
    case 'CommissionReinstated':
      return { kind: 'verdict', key: fact.data.orderId };
    case 'ProgrammeOpened':
    case 'TermsPublished':
    case 'ProgrammeClosed':
      return { kind: 'programme', key: fact.data.programmeId };
    case 'PartnerApplied':
    case 'PartnerApproved':
    case 'PartnerSuspended':
    case 'PartnerReinstated':
    case 'PartnerProfileChanged':
    case 'PayoutDetailsChanged':
    case 'PayoutDetailsRemoved':
    case 'SelfBillingAgreed':
    case 'SelfBillingEnded':
    case 'PartnerReviewOpened':
    case 'PartnerReviewClosed':
      return { kind: 'partner', key: fact.data.partnerId };
    case 'LinkCreated':
    case 'LinkRetargeted':
    case 'LinkDisabled':
      return { kind: 'link', key: fact.data.code };
    case 'CouponIssued':
    case 'CouponWithdrawn':
      return { kind: 'coupon', key: fact.data.code };
    case 'PayoutScheduled':
    case 'PayoutExported':
    case 'PayoutPaid':
    case 'PayoutFailed':
    case 'PayoutCancelled':
      return { kind: 'payout', key: fact.data.payoutId };
    case 'BalanceWrittenOff':
      return { kind: 'write_off', key: fact.data.writeOffId };
  }
}

/** The orders that a payout or write-off names. */
export function ordersNamedBy(
  fact: FactOfType<'PayoutScheduled' | 'BalanceWrittenOff'>,
): readonly string[] {
  return [...new Set(fact.data.lines.map((line) => line.orderId))];
}

const insertFacts = insertion('facts', 'fail');
const insertCustomers = insertion('order_customers', 'keep');
const insertNamedOrders = insertion('named_orders', 'keep');

export async function keepFact(session: Session, fact: EntityFact): Promise<void> {
  const { kind, key } = aboutOf(fact);
  await insertFacts(session, [rowOf(fact, kind, key)]);
  if (fact.type === 'OrderPlaced') {
    await insertCustomers(session, [{ customer: fact.data.customer, order_id: fact.data.orderId }]);
  }
  if (fact.type === 'PayoutScheduled' || fact.type === 'BalanceWrittenOff') {
    const named = fact.type === 'PayoutScheduled' ? 'payout' : 'write_off';
    const orders = ordersNamedBy(fact);
    await insertNamedOrders(
      session,
      orders.map((orderId) => ({ order_id: orderId, kind: named, key })),
    );
  }
}

/** Keeps a fact about a payout run. */
export async function keepRunFact(session: Session, fact: RunFact): Promise<void> {
  await insertFacts(session, [rowOf(fact, 'payout_run', fact.data.runId)]);
}

export type RunFact = FactOfType<
  'PayoutRunOpened' | 'PayoutRunApproved' | 'PayoutRunClosed' | 'PayoutRunExported'
>;

function rowOf(fact: EntityFact | RunFact, kind: FactKind, key: string): FactTable {
  return {
    position: fact.position,
    kind,
    key,
    event_id: fact.id,
    type: fact.type,
    occurred_at: fact.occurredAt,
    recorded_at: fact.recordedAt,
    data: JSON.stringify(fact.data),
  };
}

const ofKeys = statement((db, dialect) =>
  db
    .selectFrom('facts')
    .selectAll()
    .where('kind', '=', 'order')
    .where('key', dialect.is, dialect.anyOf([]))
    .orderBy('position')
    .compile(),
);

/** The facts about these things of one kind, in log order. */
export async function factsAbout(
  session: Session,
  kind: EntityKind,
  keys: Iterable<string>,
): Promise<EntityFact[]> {
  const list = [...keys];
  if (list.length === 0) return [];
  return (await ofKeys(session, kind, list)).map(entityFactOfRow);
}

/** The facts about a payout run, but for its plan, in log order. */
export async function factsAboutRun(session: Session, runId: string): Promise<RunFact[]> {
  return (await ofKeys(session, 'payout_run', [runId])).map(runFactOfRow);
}

const ofKind = statement((db) =>
  db.selectFrom('facts').selectAll().where('kind', '=', 'order').orderBy('position').compile(),
);

export async function factsOfKind(session: Session, kind: EntityKind): Promise<EntityFact[]> {
  return (await ofKind(session, kind)).map(entityFactOfRow);
}

/** The rows are ours and were written from a fact: its shape needs no second check. */
const entityFactOfRow = factOfRow(z.custom<EntityFact>());
const runFactOfRow = factOfRow(z.custom<RunFact>());

function factOfRow<Kept extends Fact>(asWritten: z.ZodType<Kept>): (row: FactTable) => Kept {
  return (row) => {
    const data: unknown = JSON.parse(row.data);
    return asWritten.parse({
      id: row.event_id,
      type: row.type,
      occurredAt: row.occurred_at,
      recordedAt: row.recorded_at,
      position: row.position,
      data,
    });
  };
}

const namedBy = statement((db, dialect) =>
  db
    .selectFrom('named_orders')
    .select(['kind', 'key'])
    .distinct()
    .where('order_id', dialect.is, dialect.anyOf([]))
    .orderBy('kind')
    .orderBy('key')
    .compile(),
);

/** The payouts and write-offs that name any of these orders. */
export function namingOrders(
  session: Session,
  orderIds: Iterable<string>,
): Promise<readonly { kind: 'payout' | 'write_off'; key: string }[]> {
  return namedBy(session, [...orderIds]);
}

const placedBy = statement((db, dialect) =>
  db
    .selectFrom('order_customers')
    .select('order_id')
    .distinct()
    .where('customer', dialect.is, dialect.anyOf([]))
    .compile(),
);

export async function ordersOfCustomers(
  session: Session,
  customers: Iterable<string>,
): Promise<string[]> {
  const rows = await placedBy(session, [...customers]);
  return rows.map((row) => row.order_id);
}

const sharing = statement((db, dialect) =>
  db
    .selectFrom('order_customers as theirs')
    .innerJoin('order_customers as other', 'other.customer', 'theirs.customer')
    .select('other.order_id')
    .distinct()
    .where('theirs.order_id', dialect.is, dialect.anyOf([]))
    .compile(),
);

/** These orders that are placed, and all other orders of their customers. */
export async function ordersSharingCustomers(
  session: Session,
  orderIds: Iterable<string>,
): Promise<string[]> {
  const rows = await sharing(session, [...orderIds]);
  return rows.map((row) => row.order_id);
}
