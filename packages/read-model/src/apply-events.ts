import { gatherFacts, identificationFactOf, touchFactOf, type Fact } from '@provisie/domain';
import { applyEntityFact } from './apply-entity.ts';
import { applyIdentification, applyTouches, type CausedTouch } from './apply-touches.ts';
import type { Breathe } from './breathe.ts';
import type { EntityCache } from './entity-cache.ts';
import type { Cause } from './journal.ts';
import type { Session } from './session.ts';

/**
 * Applies facts in log order. After each, exactly the orders whose decision read what it changed are decided
 * anew, so that where one batch ends and the next begins changes nothing.
 */
export async function applyFacts(
  session: Session,
  cache: EntityCache,
  facts: readonly Fact[],
  breathe: Breathe,
): Promise<void> {
  let touches: CausedTouch[] = [];
  for (const fact of facts) {
    const touch = causedTouch(fact);
    if (touch !== null) {
      touches.push(touch);
      continue;
    }
    if (touches.length > 0) await applyTouches(session, cache, touches, breathe);
    touches = [];
    await applyOther(session, cache, fact);
    await breathe();
  }
  if (touches.length > 0) await applyTouches(session, cache, touches, breathe);
}

function causeOf(fact: Fact): Cause {
  return { eventId: fact.id, position: fact.position, recordedAt: fact.recordedAt };
}

function causedTouch(fact: Fact): CausedTouch | null {
  const isTouch =
    fact.type === 'ClickRecorded' || fact.type === 'VisitRecorded' || fact.type === 'CouponEntered';
  return isTouch ? { touch: touchFactOf(fact), cause: causeOf(fact) } : null;
}

async function applyOther(session: Session, cache: EntityCache, fact: Fact): Promise<void> {
  if (fact.type === 'VisitorIdentified') {
    await applyIdentification(session, cache, identificationFactOf(fact), causeOf(fact));
    return;
  }
  const [entityFact] = gatherFacts([fact]).entities;
  if (entityFact !== undefined) {
    await applyEntityFact(session, cache, entityFact, causeOf(fact));
  }
}
