import {
  gatherFacts,
  identificationFactOf,
  isFinanceFact,
  touchFactOf,
  type Fact,
  type TouchFact,
} from '@provisie/domain';
import { applyEntityFact } from './apply-entity.ts';
import { applyFinanceFact } from './apply-finance.ts';
import { applyIdentification, applyKeptTouch, applyTouch } from './apply-touches.ts';
import { BatchFacts } from './batch-facts.ts';
import { BatchTouches } from './batch-touches.ts';
import type { Batch } from './batch.ts';
import type { Breathe } from './breathe.ts';
import type { TouchesAhead } from './build/touches-ahead.ts';
import type { EntityCache } from './entity-cache.ts';
import type { Cause } from './journal.ts';
import { countTouches } from './performance-of-touches.ts';
import type { Session } from './session.ts';
import type { TouchAt } from './touch-rows.ts';

/**
 * Applies facts in log order. After each, exactly the orders whose decision read what it changed are decided
 * anew, so that where one batch ends and the next begins changes nothing.
 */
export async function applyFacts(
  session: Session,
  cache: EntityCache,
  facts: readonly Fact[],
  breathe: Breathe,
  ahead: TouchesAhead | null = null,
): Promise<void> {
  const touches = new Map<Fact, TouchFact>();
  const others: Fact[] = [];
  for (const fact of facts) {
    const touch = touchOf(fact);
    if (touch === null) others.push(fact);
    else touches.set(fact, touch);
  }
  const batch = {
    session,
    cache,
    facts: await BatchFacts.ofOrdersIn(session, gatherFacts(others).entities),
    touches: await BatchTouches.insert(session, placed(touches), ahead),
    countsVisits: ahead === null,
  };
  await breathe();
  for (const fact of facts) {
    await applyAhead(batch, fact.position, breathe);
    batch.touches.reach(fact.position);
    const touch = touches.get(fact);
    if (touch === undefined) await applyOther(batch, fact);
    else if (isOfNoConcern(batch, touch)) continue;
    else await applyTouch(batch, touch, causeOf(fact));
    await breathe();
  }
  await countTouches(batch, batch.touches.fresh());
}

/** Applies what `ahead` expects up to this position, each touch at its own. */
export async function applyAhead(batch: Batch, until: number, breathe: Breathe): Promise<void> {
  const { ahead } = batch.touches;
  if (ahead === null) return;
  for (;;) {
    const fact = await ahead.next(batch.session, until);
    if (fact === null) return;
    batch.touches.reach(fact.position);
    await applyKeptTouch(batch, touchFactOf(fact), causeOf(fact));
    await breathe();
  }
}

function touchOf(fact: Fact): TouchFact | null {
  const isTouch =
    fact.type === 'ClickRecorded' || fact.type === 'VisitRecorded' || fact.type === 'CouponEntered';
  return isTouch ? touchFactOf(fact) : null;
}

function placed(touches: ReadonlyMap<Fact, TouchFact>): TouchAt[] {
  return Array.from(touches, ([{ position }, touch]) => ({ touch, position }));
}

/** Its row is there, and no decision read what it could change. */
function isOfNoConcern({ touches }: Batch, touch: TouchFact): boolean {
  return touches.isFresh(touch) && !touches.isWatched(touch);
}

function causeOf(fact: Fact): Cause {
  const { id: eventId, type, position, recordedAt } = fact;
  return { eventId, type, position, recordedAt };
}

async function applyOther(batch: Batch, fact: Fact): Promise<void> {
  if (fact.type === 'VisitorIdentified') {
    await applyIdentification(batch, identificationFactOf(fact), causeOf(fact));
    return;
  }
  if (isFinanceFact(fact)) {
    await applyFinanceFact(batch.session, fact);
    return;
  }
  const [entityFact] = gatherFacts([fact]).entities;
  if (entityFact !== undefined) await applyEntityFact(batch, entityFact, causeOf(fact));
}
