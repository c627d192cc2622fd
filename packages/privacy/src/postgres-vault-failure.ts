import { DatabaseError } from 'pg';
import { VaultError } from './vault.ts';
import type { VaultErrorCode } from './vault.ts';

/** Turns what the driver throws into a `VaultError` that names the server, never the password. */
export function vaultFailure(address: string, cause: unknown): VaultError {
  if (cause instanceof VaultError) return cause;
  const state = cause instanceof DatabaseError ? (cause.code ?? '') : '';
  const [, code, advice] = meanings.find(([states]) => states.test(state)) ?? unavailable;
  return new VaultError(code, `The vault (${address}) ${advice} (${reasonOf(cause)})`, { cause });
}

/** True when the same may succeed in a moment, on a new connection. */
export function isPassing(error: unknown): boolean {
  if (error instanceof VaultError || error instanceof TypeError) return false;
  if (error instanceof DatabaseError) return passing.test(error.code ?? '');
  // What isn't from the server itself is the connection to it; but for a password that is missing.
  return !(error instanceof Error && error.message.startsWith('SASL'));
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
const passing = /^(08|57P0|40|55P03|57014|53300|25006|25P0[234])/;

type Meaning = readonly [states: RegExp, code: VaultErrorCode, advice: string];

const meanings: readonly Meaning[] = [
  [
    /^(42P01|42703|3F000|XX00[12])/,
    'vault_corrupt',
    "isn't as it was made: something was removed, changed or damaged. Restore it from a backup.",
  ],
  [/^28/, 'vault_unavailable', 'refused the sign-in. Check user and password.'],
  [
    /^(42501|25006)/,
    'vault_unavailable',
    "doesn't let the role that signs in do this. Grant it what docs/how-to/use-postgresql.md lists, and name the primary server.",
  ],
];

const unavailable: Meaning = [/^/, 'vault_unavailable', "can't be reached or used."];

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses: one failure for each, and none of its own.
  const inner: unknown = error instanceof AggregateError ? error.errors[0] : undefined;
  return inner instanceof Error ? inner.message : error.message;
}
