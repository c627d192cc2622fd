import type { EntityFact, Fact, FactOfType } from '@provisie/domain';
import { z } from 'zod';
import { rowsWith, statement, type Session } from '../database/session.ts';
import type {
  EntityKind,
  FactKind,
  FactTable,
  NamedOrderTable,
  OrderCustomerTable,
} from '../tables/index.ts';

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

/** Facts about a payout run that are kept. */
export type RunFact = FactOfType<
  'PayoutRunOpened' | 'PayoutRunApproved' | 'PayoutRunClosed' | 'PayoutRunExported'
>;

export function rowOfFact(fact: EntityFact): FactTable {
  const { kind, key } = aboutOf(fact);
  return rowOf(fact, kind, key);
}

export function rowOfRunFact(fact: RunFact): FactTable {
  return rowOf(fact, 'payout_run', fact.data.runId);
}

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

/** The facts about these payout runs, but for their plans, in log order. */
export async function factsAboutRuns(
  session: Session,
  runIds: readonly string[],
): Promise<RunFact[]> {
  return (await ofKeys(session, 'payout_run', runIds)).map(runFactOfRow);
}

const ofKind = statement((db) =>
  db.selectFrom('facts').selectAll().where('kind', '=', 'order').orderBy('position').compile(),
);

export async function factsOfKind(session: Session, kind: EntityKind): Promise<EntityFact[]> {
  return (await ofKind(session, kind)).map(entityFactOfRow);
}

/** The rows are ours and were written from a fact: its shape needs no second check. */
export const entityFactOfRow = factOfRow(z.custom<EntityFact>());
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

/** The payouts and write-offs that name orders, by order. */
export const namingOrders: (
  session: Session,
  orderIds: readonly string[],
) => Promise<readonly NamedOrderTable[]> = rowsWith('named_orders', 'order_id');

/** The orders of customers, by customer. */
export const ordersOfCustomers: (
  session: Session,
  customers: readonly string[],
) => Promise<readonly OrderCustomerTable[]> = rowsWith('order_customers', 'customer');
