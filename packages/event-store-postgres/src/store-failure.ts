import { EventStoreError } from '@provisie/event-store';
import type { EventStoreErrorCode } from '@provisie/event-store';
import { failureOf, isPassing as isPassingFailure } from '@provisie/postgres';
import type { Fault } from '@provisie/postgres';

/** For messages. */
export function nameOf(address: string): string {
  return `the event store (${address})`;
}

/** Turns what the driver throws into an `EventStoreError` that names the server, never the password. */
export function storeFailure(address: string, error: unknown): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const { fault, message } = failureOf(nameOf(address), error);
  return new EventStoreError(codes[fault] ?? 'store_unavailable', message, { cause: error });
}

/** True when the same may succeed in a moment, on a new connection. */
export function isPassing(error: unknown): boolean {
  return !(error instanceof EventStoreError) && isPassingFailure(error);
}

const codes: Readonly<Partial<Record<Fault, EventStoreErrorCode>>> = {
  full: 'store_full',
  busy: 'store_busy',
  damaged: 'store_corrupt',
};
