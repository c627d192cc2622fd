import {
  countingIdentification,
  countingTouch,
  type IdentificationFact,
  type TouchFact,
} from '@provisie/domain';
import { sql } from 'kysely';
import { ordersAffectedByTouch } from './affected-orders.ts';
import type { Breathe } from './breathe.ts';
import type { EntityCache } from './entity-cache.ts';
import type { Cause } from './journal.ts';
import { countTouches, placeOf, uncountTouch } from './performance-of-touches.ts';
import { ordersThatRead, readUntil, type ReadRow } from './reads.ts';
import { redecide } from './redecide.ts';
import type { Session } from './session.ts';
import {
  addTouches,
  identificationOf,
  putIdentification,
  putTouch,
  touchesById,
} from './touch-rows.ts';

export interface CausedTouch {
  readonly touch: TouchFact;
  readonly cause: Cause;
}

/**
 * Applies touches that stand one after the other in the log. Those that no decision read are inserted
 * together; at one that was read, its orders are decided anew before the next touch.
 */
export async function applyTouches(
  session: Session,
  cache: EntityCache,
  run: readonly CausedTouch[],
  breathe: Breathe,
): Promise<void> {
  const watched = await Watched.among(session, run);
  let together: CausedTouch[] = [];
  for (const caused of run) {
    if (!watched.has(caused.touch)) {
      together.push(caused);
      continue;
    }
    await addTogether(session, cache, together, watched);
    together = [];
    await applyTouch(session, cache, caused, watched);
    await breathe();
  }
  await addTogether(session, cache, together, watched);
  await breathe();
}

/** Up to when decisions have read visitors and touch ids, as far as a run of touches is concerned. */
class Watched {
  readonly #visitorIds: Map<string, number>;
  readonly #touchIds: Map<string, number>;

  private constructor(visitorIds: Map<string, number>, touchIds: Map<string, number>) {
    this.#visitorIds = visitorIds;
    this.#touchIds = touchIds;
  }

  static async among(session: Session, run: readonly CausedTouch[]): Promise<Watched> {
    const visitorIds = new Set(run.map(({ touch }) => touch.visitorId));
    const touchIds = new Set(run.map(({ touch }) => touch.touchId));
    return new Watched(
      await readUntil(session, 'visitor', visitorIds),
      await readUntil(session, 'touch', touchIds),
    );
  }

  /** False: no decision read what the touch could change. */
  has({ visitorId, touchId, occurredAt }: TouchFact): boolean {
    return (
      (this.#visitorIds.get(visitorId) ?? NEVER) >= occurredAt ||
      (this.#touchIds.get(touchId) ?? NEVER) >= occurredAt
    );
  }

  add(reads: readonly ReadRow[]): void {
    for (const [kind, key, until] of reads) {
      if (kind === 'visitor') note(this.#visitorIds, key, until);
      if (kind === 'touch') note(this.#touchIds, key, until);
    }
  }
}

const NEVER = -1;

function note(watched: Map<string, number>, key: string, until: number): void {
  watched.set(key, Math.max(watched.get(key) ?? NEVER, until));
}

/** A touch id that is there already makes the whole insert go back, and each touch is applied by itself. */
async function addTogether(
  session: Session,
  cache: EntityCache,
  touches: readonly CausedTouch[],
  watched: Watched,
): Promise<void> {
  if (touches.length === 0) return;
  const facts = touches.map(({ touch }) => touch);
  await sql`savepoint touches`.execute(session.db);
  const added = await addTouches(session, facts);
  if (added < facts.length) await sql`rollback to savepoint touches`.execute(session.db);
  await sql`release savepoint touches`.execute(session.db);
  if (added === facts.length) {
    await countTouches(session, cache, facts);
    return;
  }
  for (const caused of touches) await applyTouch(session, cache, caused, watched);
}

async function applyTouch(
  session: Session,
  cache: EntityCache,
  { touch, cause }: CausedTouch,
  watched: Watched,
): Promise<void> {
  const [known] = await touchesById(session, [touch.touchId]);
  if (known !== undefined && countingTouch(known, touch) === known) return;
  const affected = await ordersAffectedByTouch(session, touch);
  if (known === undefined) {
    await addTouches(session, [touch]);
  } else {
    for (const orderId of await ordersAffectedByTouch(session, known)) affected.add(orderId);
    await putTouch(session, touch);
    await uncountTouch(session, cache, known, placeOf(cache, known));
  }
  await countTouches(session, cache, [touch]);
  for (const orderId of [...affected].sort()) {
    const reads = await redecide(session, cache, orderId, cause);
    if (reads !== null) watched.add(reads);
  }
}

export async function applyIdentification(
  session: Session,
  cache: EntityCache,
  identification: IdentificationFact,
  cause: Cause,
): Promise<void> {
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
  for (const orderId of [...affected].sort()) await redecide(session, cache, orderId, cause);
}
