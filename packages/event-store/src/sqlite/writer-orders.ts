import type { RecordedEvent } from '../event-store.ts';
import type { PackedAppends } from './packed-appends.ts';
import type { PackedOutcomes } from './packed-outcomes.ts';
import type { SentFailure } from './sent-failure.ts';

/** What a store tells the thread that writes for it. They are carried out in their order. */
export type WriterOrder =
  /** `now`: UTC milliseconds. */
  | { readonly kind: 'append'; readonly appends: PackedAppends; readonly now: number }
  | { readonly kind: 'import'; readonly events: readonly RecordedEvent[] }
  | { readonly kind: 'close' };

/** What that thread answers, in the order of what it was told. */
export type WriterReport =
  /** `milliseconds`: how long the transaction took. */
  | {
      readonly kind: 'written';
      readonly outcomes: PackedOutcomes;
      readonly milliseconds: number;
    }
  /** Of these many appends nothing was written. */
  | { readonly kind: 'refused'; readonly appends: number; readonly failure: SentFailure }
  | { readonly kind: 'imported'; readonly failure: SentFailure | null };
