import type { BatchFacts } from './batch-facts.ts';
import type { BatchTouches } from './batch-touches.ts';
import type { EntityCache } from './entity-cache.ts';
import type { Session } from './session.ts';

/** A batch that is being applied. */
export interface Batch {
  readonly session: Session;
  readonly cache: EntityCache;
  readonly facts: BatchFacts;
  readonly touches: BatchTouches;
  /** False in a build that counts visits when it knows every link. */
  readonly countsVisits: boolean;
}
