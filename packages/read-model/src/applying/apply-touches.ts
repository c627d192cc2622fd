import {
  countingIdentification,
  countingTouch,
  type IdentificationFact,
  type TouchFact,
} from '@provisie/domain';
import { ordersAffectedByTouch, readersOf } from './affected-orders.ts';
import type { Batch } from '../batch/batch.ts';
import type { Cause } from '../batch/journal.ts';
import { countTouches, placeOf, uncountTouch } from '../counting/performance-of-touches.ts';
import { redecide } from './redecide.ts';
import {
  addTouches,
  identificationOf,
  putIdentification,
  replaceTouch,
  touchesById,
  type TouchAt,
} from '../batch/touch-rows.ts';

/** Applies a touch that a decision read, or whose id isn't new. */
export async function applyTouch(batch: Batch, touch: TouchFact, cause: Cause): Promise<void> {
  if (batch.touches.isFresh(touch)) return applyKeptTouch(batch, touch, cause);
  const affected = await ordersAffectedByTouch(batch, touch);
  const changed = await putUnlessKnown(batch, { touch, position: cause.position });
  if (changed === null) return;
  for (const orderId of changed) affected.add(orderId);
  await redecide(batch, affected, cause);
}

/** Applies a touch that stands in the table already, and is counted. */
export async function applyKeptTouch(batch: Batch, touch: TouchFact, cause: Cause): Promise<void> {
  await redecide(batch, await ordersAffectedByTouch(batch, touch), cause);
}

/** Null: what is there already counts. Else the orders that read what was there before. */
async function putUnlessKnown(batch: Batch, at: TouchAt): Promise<Set<string> | null> {
  const { session, cache } = batch;
  const { touch } = at;
  const [kept] = await touchesById(session, [touch.touchId]);
  const known = kept?.touch;
  if (known !== undefined && countingTouch(known, touch) === known) return null;
  const affected =
    known === undefined ? new Set<string>() : await ordersAffectedByTouch(batch, known);
  if (known === undefined) {
    await addTouches(session, [at]);
  } else {
    await replaceTouch(session, at);
    await uncountTouch(batch, known, placeOf(cache, known));
  }
  batch.visitors.forgetTouches();
  await countTouches(batch, [touch]);
  return affected;
}

export async function applyIdentification(
  batch: Batch,
  identification: IdentificationFact,
  cause: Cause,
): Promise<void> {
  const { session } = batch;
  const known = await identificationOf(session, identification.touchId);
  if (known !== null && countingIdentification(known, identification) === known) return;
  await putIdentification(session, identification);
  batch.visitors.identified(known, identification);
  const affected = new Set<string>();
  for (const changed of known === null ? [identification] : [known, identification]) {
    const { customer, occurredAt } = changed;
    for (const orderId of await readersOf(batch, 'identified', customer, occurredAt)) {
      affected.add(orderId);
    }
  }
  await redecide(batch, affected, cause);
}
