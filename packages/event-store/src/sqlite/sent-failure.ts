import { EventStoreError } from '../event-store.ts';
import type { EventStoreErrorCode } from '../event-store.ts';

/** An `EventStoreError` between threads: an error loses its code, and its class, on the way. */
export interface SentFailure {
  readonly code: EventStoreErrorCode;
  readonly message: string;
}

export function sent({ code, message }: EventStoreError): SentFailure {
  return { code, message };
}

export function received({ code, message }: SentFailure): EventStoreError {
  return new EventStoreError(code, message);
}
