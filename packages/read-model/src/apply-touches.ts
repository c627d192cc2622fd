import {
  countingIdentification,
  countingTouch,
  type IdentificationFact,
  type TouchFact,
} from '@provisie/domain';
import { ordersAffectedByTouch } from './affected-orders.ts';
import type { Batch } from './batch.ts';
import type { Cause } from './journal.ts';
import { countTouches, placeOf, uncountTouch } from './performance-of-touches.ts';
import { ordersThatRead } from './reads.ts';
import { redecide } from './redecide.ts';
import {
  addTouches,
  identificationOf,
  putIdentification,
  replaceTouch,
  touchesById,
} from './touch-rows.ts';

/** Applies a touch that a decision read, or whose id isn't new. */
export async function applyTouch(batch: Batch, touch: TouchFact, cause: Cause): Promise<void> {
  if (batch.touches.isFresh(touch)) return applyKeptTouch(batch, touch, cause);
  const affected = await ordersAffectedByTouch(batch.session, touch);
  const changed = await putUnlessKnown(batch, touch, cause.position);
  if (changed === null) return;
  for (const orderId of changed) affected.add(orderId);
  await redecideAll(batch, affected, cause);
}

/** Applies a touch that stands in the table already, and is counted. */
export async function applyKeptTouch(batch: Batch, touch: TouchFact, cause: Cause): Promise<void> {
  await redecideAll(batch, await ordersAffectedByTouch(batch.session, touch), cause);
}

/** Null: what is there already counts. Else the orders that read what was there before. */
async function putUnlessKnown(
  batch: Batch,
  touch: TouchFact,
  position: number,
): Promise<Set<string> | null> {
  const { session, cache } = batch;
  const [kept] = await touchesById(session, [touch.touchId]);
  const known = kept?.touch;
  if (known !== undefined && countingTouch(known, touch) === known) return null;
  const affected =
    known === undefined ? new Set<string>() : await ordersAffectedByTouch(session, known);
  if (known === undefined) {
    await addTouches(session, [{ touch, position }]);
  } else {
    await replaceTouch(session, { touch, position });
    await uncountTouch(batch, known, placeOf(cache, known));
  }
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
  const affected = new Set<string>();
  for (const changed of known === null ? [identification] : [known, identification]) {
    const { customer, occurredAt } = changed;
    for (const orderId of await ordersThatRead(session, 'identified', customer, occurredAt)) {
      affected.add(orderId);
    }
  }
  await redecideAll(batch, affected, cause);
}

async function redecideAll(
  batch: Batch,
  orderIds: ReadonlySet<string>,
  cause: Cause,
): Promise<void> {
  for (const orderId of [...orderIds].sort()) await redecide(batch, orderId, cause);
}
