import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type {
  Decision,
  EntityFact,
  Fact,
  FactOfType,
  Facts,
  Holding,
  Instant,
  JournalLine,
} from '../src/index.ts';
import {
  balanceOf,
  commissionStatus,
  decide,
  decideWithJournal,
  gatherFacts,
  journalDifference,
  orderJournal,
  payableCommissionCents,
  payoutJournal,
  shareOf,
} from '../src/index.ts';
import { countingFact, countingPlacing } from '../src/repeats.ts';
import { DAY, click, decided, merchant, order, refunded } from './given.ts';
import { ORDER_IDS, breakpoints, world } from './world.ts';

const RUNS = { numRuns: 150 };
const PAYOUT_IDS = ['p1', 'p2', 'p3'];

const decisionsOn = (facts: Facts) => ORDER_IDS.map((orderId) => decide(orderId, facts));

const journalOf = (facts: Facts): readonly JournalLine[] => [
  ...ORDER_IDS.flatMap((orderId) => orderJournal(orderId, facts)),
  ...PAYOUT_IDS.flatMap((payoutId) => payoutJournal(payoutId, facts.entities)),
];

/** The same facts as they might have come in otherwise: in another order, some more than once. */
const arrival = world().chain((facts) =>
  fc
    .tuple(
      fc.shuffledSubarray([...facts], { minLength: facts.length, maxLength: facts.length }),
      fc.subarray([...facts]),
      fc.array(fc.integer({ min: 0, max: 1e12 }), { minLength: 1, maxLength: 8 }),
    )
    .map(([shuffled, repeated, heard]) => ({
      facts,
      arrived: [...repeated, ...shuffled, ...repeated].map((fact, index) =>
        heardOf(fact, heard[index % heard.length] ?? 0),
      ),
    })),
);

/** A fact of its own, so that nothing can rest on identity. */
function heardOf(fact: Fact, recordedAt: Instant): Fact {
  return { ...fact, recordedAt, position: recordedAt };
}

describe('the set of facts decides', () => {
  test('whatever order and however often they arrive', () => {
    fc.assert(
      fc.property(arrival, ({ facts, arrived }) => {
        const once = gatherFacts(facts);
        const again = gatherFacts(arrived);
        expect(decisionsOn(again)).toEqual(decisionsOn(once));
        expect(journalOf(again)).toEqual(journalOf(once));
        expect(ORDER_IDS.map((id) => decideWithJournal(id, once)?.decision ?? null)).toEqual(
          decisionsOn(once),
        );
      }),
      RUNS,
    );
  });

  test('facts about something else change nothing', () => {
    fc.assert(
      fc.property(world(), world('x-'), (facts, others) => {
        expect(decisionsOn(gatherFacts([...others, ...facts]))).toEqual(
          decisionsOn(gatherFacts(facts)),
        );
      }),
      RUNS,
    );
  });
});

describe('cents are conserved', () => {
  test('every moment of the journal adds up to zero', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        const sums = new Map<Instant, number>();
        for (const { effectiveAt, amountCents } of journalOf(gatherFacts(facts))) {
          sums.set(effectiveAt, (sums.get(effectiveAt) ?? 0) + amountCents);
        }
        expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
      }),
      RUNS,
    );
  });

  test('an entry that changes one journal into another leads to the same lines', () => {
    fc.assert(
      fc.property(world(), world(), (first, second) => {
        const before = orderJournal('o1', gatherFacts(first));
        const after = orderJournal('o1', gatherFacts(second));
        const entry = journalDifference(before, after);
        expect(journalDifference([], [...before, ...entry])).toEqual(after);
        expect(journalDifference(after, after)).toEqual([]);
      }),
      RUNS,
    );
  });

  test('a commission is its share of the base, or the fixed reward, or nothing', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        for (const decision of awardedOf(facts)) {
          const { reward, base } = decision;
          const full =
            reward.reward.kind === 'fixed'
              ? reward.reward.amountCents
              : shareOf(base.baseCents, reward.reward.rateBps);
          expect(reward.amountCents).toBe(reward.result === 'earned' ? full : 0);
          expect(decision.commission?.amountCents ?? 0).toBe(reward.amountCents);
          expect(base.baseCents).toBe(Math.max(0, base.linesCents - base.refundsCents));
        }
      }),
      RUNS,
    );
  });

  test('another refund never raises a commission', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 40_000 }), { maxLength: 6 }),
        fc.nat({ max: 40_000 }),
        (amounts, another) => {
          const facts = [
            ...merchant(),
            click(1, 'anna', 0),
            order({ at: DAY }),
            ...amounts.map((cents, index) => refunded('o1', `r${index}`, 2 * DAY, cents)),
          ];
          const before = decided([facts]).reward?.amountCents ?? 0;
          const after = decided([facts, refunded('o1', 'another', 3 * DAY, another)]);
          expect(after.reward?.amountCents ?? 0).toBeLessThanOrEqual(before);
        },
      ),
    );
  });
});

type Awarded = Decision & { readonly reward: NonNullable<Decision['reward']> };

function awardedOf(facts: readonly Fact[]): readonly Awarded[] {
  const isAwarded = (decision: Decision | null): decision is Awarded =>
    decision !== null && decision.reward !== null;
  return decisionsOn(gatherFacts(facts)).filter(isAwarded);
}

describe('nobody is paid twice', () => {
  test('at any moment an order is owed to one partner at most', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        const gathered = gatherFacts(facts);
        for (const orderId of ORDER_IDS) {
          const lines = orderJournal(orderId, gathered);
          for (const { effectiveAt } of lines) {
            expect(owedTo(balanceOf(lines, effectiveAt)).size).toBeLessThanOrEqual(1);
          }
        }
      }),
      RUNS,
    );
  });

  test('one candidate at most won, and it is the award', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        for (const decision of decisionsOn(gatherFacts(facts))) {
          const won = (decision?.candidates ?? []).filter(({ result }) => result === 'won');
          const touchIds = won.map(({ touchId }) => touchId);
          const isLocked = typeof decision?.award?.lockedByPayoutId === 'string';
          if (isLocked && won.length === 0) continue;
          expect(touchIds).toEqual(decision?.award ? [decision.award.touchId] : []);
        }
      }),
      RUNS,
    );
  });

  test('a customer has one first-order reward at most, over all programmes', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        const customers = awardedOf(facts)
          .filter(({ reward }) => reward.result === 'earned')
          .filter(({ reward }) => reward.reward.scope.orders === 'first_order')
          .map(({ customer }) => customer);
        expect(new Set(customers).size).toBe(customers.length);
      }),
      RUNS,
    );
  });
});

describe('the journal as of any moment', () => {
  test('is what deciding from the facts of that moment gives', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        const gathered = gatherFacts(facts);
        for (const orderId of ORDER_IDS) {
          const lines = orderJournal(orderId, gathered);
          for (const asOf of breakpoints(facts)) {
            const decision = decide(orderId, factsAsOf(gathered, asOf));
            expect([asOf, owedBy(lines, asOf)]).toEqual([asOf, owedFor(decision, asOf)]);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('what was paid of an order and what is owed for it', () => {
  test('stand apart: never at once payable and to be taken back', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        const gathered = gatherFacts(facts);
        const placed = new Set(decisionsOn(gathered).map((decision) => decision?.orderId));
        for (const orderId of ORDER_IDS.filter((id) => placed.has(id))) {
          const entities = onlyAbout(orderId, gathered.entities);
          const lines = [
            ...orderJournal(orderId, gathered),
            ...PAYOUT_IDS.flatMap((payoutId) => payoutJournal(payoutId, entities)),
          ];
          const onTheWrongSide = balanceOf(lines, Number.POSITIVE_INFINITY).filter(
            ({ account, amountCents }) =>
              (account === 'partner_payable' && amountCents > 0) ||
              (account === 'clawback_receivable' && amountCents < 0),
          );
          expect(onTheWrongSide).toEqual([]);
        }
      }),
      RUNS,
    );
  });
});

/**
 * The facts with payouts cut down to what they pay of one order. Of payouts that share an id the one that counts is
 * chosen before (rule 13): cut down, another one might be the smaller.
 */
function onlyAbout(orderId: string, entities: readonly EntityFact[]): readonly EntityFact[] {
  const counting = new Map<string, FactOfType<'PayoutScheduled'>>();
  for (const fact of entities) {
    if (fact.type !== 'PayoutScheduled') continue;
    const { payoutId } = fact.data;
    counting.set(payoutId, countingFact(counting.get(payoutId), fact));
  }
  const cutDown = [...counting.values()].map((fact) => {
    const lines = fact.data.lines.filter((line) => line.orderId === orderId);
    return Object.assign({}, fact, { data: Object.assign({}, fact.data, { lines }) });
  });
  return [...entities.filter((fact) => fact.type !== 'PayoutScheduled'), ...cutDown];
}

/** Of the placings of an order the one that counts, which may be dated later than others (rule 13). */
function withoutOtherPlacings(entities: readonly EntityFact[]): readonly EntityFact[] {
  const counting = new Map<string, FactOfType<'OrderPlaced'>>();
  for (const fact of entities) {
    if (fact.type !== 'OrderPlaced') continue;
    const { orderId } = fact.data;
    counting.set(orderId, countingPlacing(counting.get(orderId), fact));
  }
  return [...entities.filter((fact) => fact.type !== 'OrderPlaced'), ...counting.values()];
}

/** Terms are among them from when they were published, whatever moment they take effect at. */
function factsAsOf({ touches, identifications, entities }: Facts, asOf: Instant): Facts {
  const holds = (fact: { readonly occurredAt: Instant }) => fact.occurredAt <= asOf;
  return {
    touches: touches.filter(holds),
    identifications: identifications.filter(holds),
    entities: withoutOtherPlacings(entities).filter(holds),
  };
}

interface Owed {
  readonly partnerId: string | null;
  readonly payableCents: number;
  readonly totalCents: number;
}

const NOTHING: Owed = { partnerId: null, payableCents: 0, totalCents: 0 };

function owedBy(lines: readonly JournalLine[], asOf: Instant): Owed {
  const held = balanceOf(lines, asOf);
  const on = (...accounts: readonly string[]) =>
    held
      .filter(({ account }) => accounts.includes(account))
      .reduce((sum, { amountCents }) => sum + amountCents, 0);
  return {
    partnerId: [...owedTo(held)][0] ?? null,
    payableCents: 0 - on('partner_payable', 'clawback_receivable'),
    totalCents: on('commission_expense'),
  };
}

/** Whom anything is owed, all accounts together: what is payable on one may be to be taken back on the other. */
function owedTo(held: readonly Holding[]): ReadonlySet<string> {
  const owed = new Map<string, number>();
  for (const { partnerId, amountCents } of held) {
    if (partnerId !== null) owed.set(partnerId, (owed.get(partnerId) ?? 0) + amountCents);
  }
  return new Set([...owed].filter(([, cents]) => cents !== 0).map(([partnerId]) => partnerId));
}

function owedFor(decision: Decision | null, asOf: Instant): Owed {
  const status = decision === null ? null : commissionStatus(decision, asOf);
  if (decision === null || status === null || status === 'rejected') return NOTHING;
  const totalCents = decision.commission?.amountCents ?? 0;
  if (totalCents === 0) return NOTHING;
  const partnerId = decision.award?.partnerId ?? null;
  return { partnerId, payableCents: payableCommissionCents(decision, asOf), totalCents };
}

describe('the window', () => {
  test('takes in both its ends and not a millisecond more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3650 }),
        fc.integer({ min: 3650 * DAY + 1, max: 4e12 }),
        (windowDays, placedAt) => {
          const opensAt = placedAt - windowDays * DAY;
          const resultOf = (touchedAt: Instant) =>
            decided([
              backdated(merchant({ windowDays })),
              click(1, 'anna', touchedAt),
              order({ at: placedAt }),
            ]).candidates.map(({ result }) => result);
          expect(resultOf(opensAt - 1)).toEqual(['outside_window']);
          expect(resultOf(opensAt)).toEqual(['won']);
          expect(resultOf(placedAt)).toEqual(['won']);
          expect(resultOf(placedAt + 1)).toEqual([]);
        },
      ),
    );
  });
});

/** From 1970 on, so that a window may lie anywhere. */
function backdated(facts: readonly Fact[]): readonly Fact[] {
  return facts.map((fact) =>
    fact.type === 'TermsPublished'
      ? { ...fact, occurredAt: 0, data: { ...fact.data, effectiveFrom: 0 } }
      : { ...fact, occurredAt: 0 },
  );
}
