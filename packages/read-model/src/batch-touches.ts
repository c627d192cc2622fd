import type { TouchFact } from '@provisie/domain';
import { readUntil, type ReadRow } from './reads.ts';
import { addTouchesUnlessKnown, touchesById } from './touch-rows.ts';
import type { Session } from './session.ts';

/** A touch with its place in the log. */
export interface TouchAt {
  readonly touch: TouchFact;
  readonly position: number;
}

/**
 * The touches of one batch. Those with an id that is new are inserted together before the batch begins, which
 * is much cheaper than one by one; until the batch has come to their place, they are to be looked past.
 */
export class BatchTouches {
  readonly #fresh: ReadonlyMap<string, TouchAt>;
  readonly #visitorIds: Map<string, number>;
  readonly #touchIds: Map<string, number>;
  #position = 0;

  private constructor(
    fresh: ReadonlyMap<string, TouchAt>,
    visitorIds: Map<string, number>,
    touchIds: Map<string, number>,
  ) {
    this.#fresh = fresh;
    this.#visitorIds = visitorIds;
    this.#touchIds = touchIds;
  }

  /** Inserts what is new. */
  static async insert(session: Session, touches: readonly TouchAt[]): Promise<BatchTouches> {
    const visitorIds = new Set(touches.map(({ touch }) => touch.visitorId));
    const touchIds = new Set(touches.map(({ touch }) => touch.touchId));
    return new BatchTouches(
      await insertFresh(session, touches),
      await readUntil(session, 'visitor', visitorIds),
      await readUntil(session, 'touch', touchIds),
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
  reached(touches: readonly TouchFact[]): readonly TouchFact[] {
    if (this.#fresh.size === 0) return touches;
    return touches.filter(
      ({ touchId }) => (this.#fresh.get(touchId)?.position ?? 0) <= this.#position,
    );
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
  if (await addTouchesUnlessKnown(session, touchesOf(fresh))) return fresh;
  for (const known of await touchesById(session, fresh.keys())) fresh.delete(known.touchId);
  await addTouchesUnlessKnown(session, touchesOf(fresh));
  return fresh;
}

function touchesOf(fresh: ReadonlyMap<string, TouchAt>): TouchFact[] {
  return Array.from(fresh.values(), ({ touch }) => touch);
}
