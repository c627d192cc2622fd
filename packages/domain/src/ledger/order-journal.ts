import { customerOrdersIn } from '../commission/customer-orders.ts';
import type { CustomerOrders } from '../commission/customer-orders.ts';
import { payableCommissionCents, pendingCommissionCents } from '../commission/status.ts';
import { decideOn } from '../decide.ts';
import type { Decision } from '../decision.ts';
import type { Facts } from '../facts.ts';
import { openDossier } from '../history/dossier.ts';
import { isPlaced, orderAsOf } from '../history/order-history.ts';
import type { PlacedOrder } from '../history/order-history.ts';
import { NOW } from '../instant.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { openAfter, settlementsOf, unsettled } from '../payout/settlements.ts';
import type { Settlement } from '../payout/settlements.ts';
import type { Account, Holding, JournalLine } from './journal-line.ts';
import { journalOf } from './timeline.ts';
import type { Step } from './timeline.ts';
import { turningPoints } from './turning-points.ts';

export interface DecisionWithJournal {
  readonly decision: Decision;
  readonly journal: readonly JournalLine[];
}

/**
 * Everything that an order's commission ever does to the accounts, also in time to come (the release from
 * hold): up to any moment the lines add up to what deciding from the facts of that moment gives.
 */
export function orderJournal(orderId: string, facts: Facts): readonly JournalLine[] {
  return decideWithJournal(orderId, facts)?.journal ?? [];
}

/**
 * `decide` and `orderJournal` in one, at the price of one where nothing happened after the placing.
 * `known`: the orders of its customer, for whoever has them already; facts about the others aren't read then.
 */
export function decideWithJournal(
  orderId: string,
  facts: Facts,
  known?: CustomerOrders,
): DecisionWithJournal | null {
  const dossier = openDossier(facts.entities);
  const order = dossier.orders.get(orderId);
  if (order === undefined || !isPlaced(order)) return null;
  const orders = known ?? customerOrdersIn(dossier, order.placed.data.customer);
  const decision = decideOn(order, facts, dossier, { orders, at: NOW });
  const moments = [decision.placedAt, ...turningPoints(order, dossier, orders)];
  const steps = moments.flatMap((from, index) => {
    const until = moments[index + 1];
    const decided = until === undefined ? decision : decideAsOf(order, facts, orders, from);
    const settlements = settlementsOf(orderId, dossier, from);
    return stepsOf(decided, settlements, from, until ?? Number.POSITIVE_INFINITY);
  });
  return { decision, journal: journalOf(steps) };
}

/** Touches need no cut: none after the placing matters. */
function decideAsOf(
  order: PlacedOrder,
  facts: Facts,
  orders: CustomerOrders,
  at: Instant,
): Decision {
  const entities = facts.entities.filter((fact) => fact.occurredAt <= at);
  const dossier = openDossier(entities);
  return decideOn(orderAsOf(order, at), { ...facts, entities }, dossier, { orders, at });
}

/** What a decision that holds from `from` until `until` does in that time: at once, and at the end of the hold. */
function stepsOf(
  decision: Decision,
  settlements: readonly Settlement[],
  from: Instant,
  until: Instant,
): readonly Step[] {
  const steps: Step[] = [{ from, holdings: holdingsAt(decision, settlements, from) }];
  const release = decision.commission?.payableFrom ?? null;
  if (release !== null && from < release && release < until) {
    steps.push({ from: release, holdings: holdingsAt(decision, settlements, release) });
  }
  return steps;
}

function holdingsAt(
  decision: Decision,
  settlements: readonly Settlement[],
  at: Instant,
): readonly Holding[] {
  const { award, currency } = decision;
  const pendingCents = award === null ? 0 : pendingCommissionCents(decision, at);
  const payableCents = award === null ? 0 : payableCommissionCents(decision, at);
  const isAwarded = (settlement: Settlement) =>
    settlement.partnerId === award?.partnerId && settlement.currency === currency;
  const others = settlements.filter((settlement) => !isAwarded(settlement));
  const holdings = others.flatMap((settlement) => owedTo(settlement, 0));
  if (award !== null) {
    const { partnerId } = award;
    const settlement = settlements.find(isAwarded) ?? unsettled(partnerId, currency);
    holdings.push(
      {
        account: 'commission_expense',
        partnerId: null,
        currency,
        amountCents: pendingCents + payableCents,
      },
      { account: 'partner_pending', partnerId, currency, amountCents: -pendingCents },
      ...owedTo(settlement, payableCents),
    );
  }
  return holdings.filter((holding) => holding.amountCents !== 0);
}

/**
 * What is owed for the order, or was paid too much of it, as it stands beside the lines of its payouts and
 * write-offs: those post what they settle themselves, so that both together come to what is open.
 */
function owedTo(settlement: Settlement, payableCents: Cents): Holding[] {
  const { partnerId, currency, paidCents, takenBackCents, forgoneCents, forgivenCents } =
    settlement;
  const { openCents, idleWriteOffCents } = openAfter(settlement, payableCents);
  const holding = (account: Account, amountCents: Cents): Holding => ({
    account,
    partnerId,
    currency,
    amountCents,
  });
  return [
    holding('partner_payable', 0 - Math.max(openCents, 0) - paidCents - forgoneCents),
    holding('clawback_receivable', Math.max(0 - openCents, 0) + takenBackCents + forgivenCents),
    holding('write_offs', idleWriteOffCents),
  ];
}
