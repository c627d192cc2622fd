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
import { BatchTouches } from '../batch/batch-touches.ts';
import { Batch } from '../batch/batch.ts';
import type { Breathe } from '../database/breathe.ts';
import type { TouchesAhead } from '../batch/touches-ahead.ts';
import type { EntityCache } from '../batch/entity-cache.ts';
import { aboutOf } from '../batch/fact-rows.ts';
import type { Cause } from '../batch/journal.ts';
import type { Placing } from './loader.ts';
import { placeMovedOrders } from './place-orders.ts';
import { countTouches } from '../counting/performance-of-touches.ts';
import { lookAhead } from './redecide.ts';
import type { Session } from '../database/session.ts';
import type { TouchAt } from '../batch/touch-rows.ts';

/**
 * Applies facts in log order. After each, exactly the orders whose decision read what it changed are decided
 * anew, so that where one batch ends and the next begins changes nothing.
 */
export async function applyFacts(
  session: Session,
  cache: EntityCache,
  facts: readonly Fact[],
  breathe: Breathe,
  closedDay: number,
  ahead: TouchesAhead | null = null,
): Promise<void> {
  const touches = new Map<Fact, TouchFact>();
  const others: Fact[] = [];
  for (const fact of facts) {
    const touch = touchOf(fact);
    if (touch === null) others.push(fact);
    else touches.set(fact, touch);
  }
  const batchTouches = await BatchTouches.insert(session, placed(touches), ahead);
  const batch = new Batch(session, cache, batchTouches, breathe, closedDay);
  await breathe();
  const parts = partsOf(others);
  for (const fact of facts) {
    const part = parts.get(fact);
    if (part !== undefined) await begin(batch, part);
    await applyAhead(batch, fact.position);
    batch.touches.reach(fact.position);
    const touch = touches.get(fact);
    if (touch === undefined) await applyOther(batch, fact);
    else if (isOfNoConcern(batch, touch)) continue;
    else await applyTouch(batch, touch, causeOf(fact));
    await breathe();
  }
  await placeMovedOrders(batch);
  await batch.write();
  await countTouches(batch, batchTouches.fresh());
}

/** Facts, but for touches, whose orders are looked up together. */
const PART = 500;

/** The parts of a batch, by the fact that each begins with. */
function partsOf(facts: readonly Fact[]): ReadonlyMap<Fact, readonly Fact[]> {
  const parts = new Map<Fact, readonly Fact[]>();
  for (let from = 0; from < facts.length; from += PART) {
    const part = facts.slice(from, from + PART);
    for (const first of part.slice(0, 1)) parts.set(first, part);
  }
  return parts;
}

/** Writes what the part before left, and looks up together what the orders of this one will ask for. */
async function begin(batch: Batch, part: readonly Fact[]): Promise<void> {
  await batch.write();
  const brought = batch.touches.ahead?.take() ?? null;
  if (brought !== null) batch.visitors.learn(brought);
  batch.touches.reach(part.at(-1)?.position ?? 0);
  const coming = new Map<string, Placing[]>();
  for (const fact of gatherFacts(part).entities) {
    const { kind, key } = aboutOf(fact);
    if (kind !== 'order' && kind !== 'verdict') continue;
    const placings = coming.get(key) ?? [];
    coming.set(key, placings);
    if (fact.type === 'OrderPlaced') placings.push(fact);
  }
  await lookAhead(batch, coming);
}

/** Applies what stands ahead of the log and is expected up to this position, each touch at its own. */
export async function applyAhead(batch: Batch, until: number): Promise<void> {
  const { ahead } = batch.touches;
  if (ahead === null) return;
  for (;;) {
    // What it looks up in the tables follows from decisions that may not be there yet.
    if (ahead.looksFurther(until)) await batch.write();
    const fact = await ahead.next(batch.session, until);
    if (fact === null) return;
    batch.touches.reach(fact.position);
    await applyKeptTouch(batch, touchFactOf(fact), causeOf(fact));
    await batch.breathe();
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
    await applyFinanceFact(batch, fact);
    return;
  }
  const [entityFact] = gatherFacts([fact]).entities;
  if (entityFact !== undefined) await applyEntityFact(batch, entityFact, causeOf(fact));
}
