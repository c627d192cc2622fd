import type { TouchFact } from '@provisie/domain';
import type { TouchesAhead } from './touches-ahead.ts';
import { readUntil, type ReadRow } from './reads.ts';
import { addTouchesUnlessKnown, touchesById, type TouchAt } from './touch-rows.ts';
import type { Session } from '../database/session.ts';

/**
 * The touches of one batch. Those with an id that is new are inserted together before the batch begins, which
 * is much cheaper than one by one; until the batch has come to their place, they are to be looked past.
 */
export class BatchTouches {
  readonly #fresh: ReadonlyMap<string, TouchAt>;
  readonly #visitorIds: Map<string, number>;
  readonly #touchIds: Map<string, number>;
  #position = 0;
  /** Touches that stand in the table though the log doesn't come to them for long; null but in a build. */
  readonly ahead: TouchesAhead | null;

  private constructor(
    fresh: ReadonlyMap<string, TouchAt>,
    visitorIds: Map<string, number>,
    touchIds: Map<string, number>,
    ahead: TouchesAhead | null,
  ) {
    this.ahead = ahead;
    this.#fresh = fresh;
    this.#visitorIds = visitorIds;
    this.#touchIds = touchIds;
  }

  /** Inserts what is new. */
  static async insert(
    session: Session,
    touches: readonly TouchAt[],
    ahead: TouchesAhead | null = null,
  ): Promise<BatchTouches> {
    const visitorIds = new Set(touches.map(({ touch }) => touch.visitorId));
    const touchIds = new Set(touches.map(({ touch }) => touch.touchId));
    return new BatchTouches(
      await insertFresh(session, touches),
      await readUntil(session, 'visitor', visitorIds),
      await readUntil(session, 'touch', touchIds),
      ahead,
    );
  }

  /** The batch has come to this position of the log. */
  reach(position: number): void {
    this.#position = position;
  }

  /** True: its id was new, and its row is there since the batch began. */
  isFresh({ touchId }: TouchFact): boolean {
    return this.#fresh.has(touchId);
  }

  /** Those of `touches` that the log has by the position reached. */
  reached(touches: readonly TouchAt[]): readonly TouchFact[] {
    const reached: TouchFact[] = [];
    for (const { touch, position } of touches) {
      if (position <= this.#position) reached.push(touch);
      else if (!this.isFresh(touch)) this.ahead?.expect(position);
    }
    return reached;
  }

  /** What is to be counted at the end of the batch. */
  fresh(): TouchFact[] {
    return [...this.#fresh.values()].map(({ touch }) => touch);
  }

  /** False: no decision read what the touch could change. */
  isWatched({ visitorId, touchId, occurredAt }: TouchFact): boolean {
    return (
      (this.#visitorIds.get(visitorId) ?? NEVER) >= occurredAt ||
      (this.#touchIds.get(touchId) ?? NEVER) >= occurredAt
    );
  }

  /** Minds what a decision read. */
  watch(reads: readonly ReadRow[]): void {
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

/** Those with an id that stands once in the batch and isn't in the table. */
async function insertFresh(
  session: Session,
  touches: readonly TouchAt[],
): Promise<Map<string, TouchAt>> {
  const fresh = new Map<string, TouchAt>();
  const repeated = new Set<string>();
  for (const at of touches) {
    if (fresh.has(at.touch.touchId)) repeated.add(at.touch.touchId);
    else fresh.set(at.touch.touchId, at);
  }
  for (const touchId of repeated) fresh.delete(touchId);
  if (await addTouchesUnlessKnown(session, [...fresh.values()])) return fresh;
  for (const { touch } of await touchesById(session, fresh.keys())) fresh.delete(touch.touchId);
  await addTouchesUnlessKnown(session, [...fresh.values()]);
  return fresh;
}
