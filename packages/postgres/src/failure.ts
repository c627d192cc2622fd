import { DatabaseError } from 'pg';

/** What keeps a database from doing what was asked. */
export type Fault =
  | 'full'
  | 'busy'
  | 'read_only'
  | 'sign_in'
  | 'no_database'
  | 'no_right'
  | 'damaged'
  | 'unreachable';

export interface Failure {
  readonly fault: Fault;
  /** What is wrong with it, what to do, and what the server said; never the password. */
  readonly message: string;
}

/**
 * What a failure of the driver or the server means.
 *
 * @param what what is kept there, within a sentence: `the vault (postgres://user@host/database)`
 */
export function failureOf(what: string, error: unknown): Failure {
  const state = sqlStateOf(error);
  const fault = faults.find(([states]) => states.test(state))?.[1] ?? 'unreachable';
  const explanation = explanations[fault](what);
  const start = explanation.slice(0, 1).toUpperCase();
  return { fault, message: `${start}${explanation.slice(1)} (${reasonOf(error)})` };
}

/** True when the same may succeed in a moment, on a new connection. */
export function isPassing(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RangeError) return false;
  // What isn't from the server itself is the connection to it.
  return error instanceof DatabaseError ? passing.test(sqlStateOf(error)) : !isSignInFailure(error);
}

/** What the error itself says. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses: one failure for each, and none of its own.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return inner instanceof Error ? inner.message : error.message;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const passing = /^(08|57P0|40|55P03|57014|53300|25006|25P0[234]|23505)/;

/** By SQLSTATE. */
const faults: readonly (readonly [RegExp, Fault])[] = [
  [/^53100/, 'full'],
  [/^(40|55P03|57014|23505)/, 'busy'],
  [/^25006/, 'read_only'],
  [/^28/, 'sign_in'],
  [/^3D000/, 'no_database'],
  [/^42501/, 'no_right'],
  [/^(42P01|42703|3F000|XX00[12]|42P10|22P02)/, 'damaged'],
];

const explanations: Readonly<Record<Fault, (what: string) => string>> = {
  full: (what) =>
    `the disk of ${what} is full. Nothing of this was written; make room and try again.`,
  busy: (what) => `others kept ${what} busy for too long. Try again in a moment.`,
  read_only: (what) =>
    `nothing can be written to ${what}: it is a read-only replica, or the role may only read. Name the primary server.`,
  sign_in: (what) => `${what} refused the sign-in. Check user and password.`,
  no_database: (what) => `there is no such database for ${what}. Create it first.`,
  no_right: (what) =>
    `the role that signs in may not do this in ${what}. Grant it what docs/how-to/use-postgresql.md lists.`,
  damaged: (what) =>
    `${what} isn't as it was made: something was removed, changed or damaged. Stop writing to it and restore it from a backup.`,
  unreachable: (what) => `${what} can't be reached or used.`,
};

function sqlStateOf(error: unknown): string {
  if (error instanceof DatabaseError) return error.code ?? '';
  return isSignInFailure(error) ? '28P01' : '';
}

/** The driver's own complaint, when there is no password, or not the one the server knows. */
function isSignInFailure(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('SASL');
}
