import { EventStoreError } from '../event-store.ts';
import type { AppendResult, EventStoreErrorCode, RecordedEvent } from '../event-store.ts';
import type { PreparedAppend } from '../prepared-append.ts';

/** What a store tells the thread that writes for it. They are carried out in their order. */
export type WriterOrder =
  /** `now`: UTC milliseconds. */
  | { readonly kind: 'append'; readonly appends: readonly PreparedAppend[]; readonly now: number }
  | { readonly kind: 'import'; readonly events: readonly RecordedEvent[] }
  | { readonly kind: 'close' };

/** What that thread answers, in the order of what it was told. */
export type WriterReport =
  /** `milliseconds`: how long the transaction took. */
  | {
      readonly kind: 'written';
      readonly outcomes: readonly SentOutcome[];
      readonly milliseconds: number;
    }
  /** Of these many appends nothing was written. */
  | { readonly kind: 'refused'; readonly appends: number; readonly failure: SentFailure }
  | { readonly kind: 'imported'; readonly failure: SentFailure | null };

export type SentOutcome = AppendResult | SentFailure;

/** An `EventStoreError`: an error loses its code, and its class, on the way between threads. */
export interface SentFailure {
  readonly code: EventStoreErrorCode;
  readonly message: string;
}

export interface WriterThreadData {
  readonly file: string;
  /** Null: unlimited. */
  readonly maxFileBytes: number | null;
}

export function sent({ code, message }: EventStoreError): SentFailure {
  return { code, message };
}

export function received({ code, message }: SentFailure): EventStoreError {
  return new EventStoreError(code, message);
}
