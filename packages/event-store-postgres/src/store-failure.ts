import { DatabaseError } from 'pg';
import { EventStoreError } from '@provisie/event-store';
import type { EventStoreErrorCode } from '@provisie/event-store';

/** Turns what the driver throws into an `EventStoreError` that names the server, never the password. */
export function storeFailure(address: string, error: unknown): EventStoreError {
  if (error instanceof EventStoreError) return error;
  const { code, explanation } = meaningOf(error);
  const reason = reasonOf(error);
  const message = `${explanation(`the event store (${address})`)} (${reason})`;
  return new EventStoreError(code, message, { cause: error });
}

/** True when the same may succeed in a moment, on a new connection. */
export function isPassing(error: unknown): boolean {
  if (error instanceof EventStoreError || error instanceof TypeError) return false;
  if (error instanceof RangeError || isSignInFailure(error)) return false;
  // What isn't from the server itself is the connection to it.
  return !(error instanceof DatabaseError) || passing.test(sqlStateOf(error));
}

interface Meaning {
  readonly code: EventStoreErrorCode;
  /** A sentence about the store. */
  readonly explanation: (store: string) => string;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const passing = /^(08|57P0|40|55P03|57014|53300|25006|25P0[234]|23505)/;

/** The first that fits the SQLSTATE. */
const meanings: readonly (readonly [RegExp, Meaning])[] = [
  [
    /^53100/,
    {
      code: 'store_full',
      explanation: (store) =>
        `The disk of ${store} is full. Nothing of this was written; make room and send it again.`,
    },
  ],
  [
    /^(40|55P03|57014|23505)/,
    {
      code: 'store_busy',
      explanation: (store) => `Others kept ${store} busy for too long. Try again in a moment.`,
    },
  ],
  [
    /^25006/,
    {
      code: 'store_unavailable',
      explanation: (store) =>
        `Nothing can be written to ${store}: it is a read-only replica, or the role may only read. Name the primary server.`,
    },
  ],
  [
    /^28/,
    {
      code: 'store_unavailable',
      explanation: (store) => `${start(store)} refused the sign-in. Check user and password.`,
    },
  ],
  [
    /^3D000/,
    {
      code: 'store_unavailable',
      explanation: (store) => `There is no such database for ${store}. Create it first.`,
    },
  ],
  [
    /^42501/,
    {
      code: 'store_unavailable',
      explanation: (store) =>
        `The role that signs in may not do this in ${store}. Grant it what docs/how-to/use-postgresql.md lists.`,
    },
  ],
  [
    /^(42P01|42703|3F000|XX00[12]|42P10|22P02)/,
    {
      code: 'store_corrupt',
      explanation: (store) =>
        `${start(store)} isn't as it was made: something was removed, changed or damaged. Stop writing to it and restore it from a backup.`,
    },
  ],
];

const unavailable: Meaning = {
  code: 'store_unavailable',
  explanation: (store) => `${start(store)} can't be reached or used.`,
};

function meaningOf(error: unknown): Meaning {
  const state = sqlStateOf(error);
  return meanings.find(([states]) => states.test(state))?.[1] ?? unavailable;
}

function sqlStateOf(error: unknown): string {
  if (error instanceof DatabaseError) return error.code ?? '';
  return isSignInFailure(error) ? '28P01' : '';
}

/** The driver's own complaint, when there is no password, or not the one the server knows. */
function isSignInFailure(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('SASL');
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses: one failure for each, and none of its own.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return inner instanceof Error ? inner.message : error.message;
}

function start(store: string): string {
  return `${store.slice(0, 1).toUpperCase()}${store.slice(1)}`;
}
