import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide, gatherFacts } from '../src/index.ts';
import type { Decision, Fact } from '../src/index.ts';
import { naiveDecision } from './naive.ts';
import type { NaiveResult } from './naive.ts';
import { ORDER_IDS, world } from './world.ts';

function inShort(decision: Decision | null): NaiveResult | null {
  if (decision === null || decision.award === null) return null;
  const { partnerId, touchId } = decision.award;
  return { partnerId, touchId, amountCents: decision.reward?.amountCents ?? 0 };
}

/** Whether a lock takes somebody's place, which the plain computation doesn't know. */
const isPlaceTaken = (facts: readonly Fact[]) =>
  facts.some((fact) => fact.type === 'PayoutScheduled' && fact.data.lines.length > 0);

describe('a second, plain computation agrees', () => {
  test('on who gets an order', () => {
    fc.assert(
      fc.property(world(), (facts) => {
        const gathered = gatherFacts(facts);
        for (const orderId of ORDER_IDS) {
          const { partnerId, touchId } = naiveDecision(orderId, gathered) ?? {};
          const decided = inShort(decide(orderId, gathered));
          expect([decided?.partnerId, decided?.touchId]).toEqual([partnerId, touchId]);
        }
      }),
      { numRuns: 250 },
    );
  });

  test('on what it earns, where no payout keeps a place', () => {
    fc.assert(
      fc.property(
        world().filter((facts) => !isPlaceTaken(facts)),
        (facts) => {
          const gathered = gatherFacts(facts);
          for (const orderId of ORDER_IDS) {
            expect(inShort(decide(orderId, gathered))).toEqual(naiveDecision(orderId, gathered));
          }
        },
      ),
      { numRuns: 250 },
    );
  });
});
