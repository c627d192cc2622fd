import type { AppendResult, EventStoreError, ExpectedRevision } from './event-store.ts';
import type { PreparedEvent } from './prepared-event.ts';

export interface PreparedAppend {
  readonly stream: string;
  readonly events: readonly PreparedEvent[];
  readonly expected: ExpectedRevision;
}

/** A result, or the error that this append alone gets. */
export type AppendOutcome = AppendResult | EventStoreError;
