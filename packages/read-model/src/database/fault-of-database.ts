/**
 * Whether something failed because of the database or the way to it, so that it may well succeed later; and not
 * because of what was asked. A value that doesn't fit a column, breaks a key or is too large is no such fault: it
 * comes from the event, and comes again. PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function isFaultOfDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code?.startsWith('SQLITE_') === true) return !ABOUT_VALUES_IN_SQLITE.test(code);
  if (code !== null && 'severity' in error) return !CLASSES_ABOUT_VALUES.has(code.slice(0, 2));
  if ('syscall' in error || SYSTEM_ERROR.test(code ?? '')) return true;
  return NO_CONNECTION.test(error.message) || isFaultOfDatabase(error.cause);
}

const ABOUT_VALUES_IN_SQLITE = /^SQLITE_(CONSTRAINT|MISMATCH|TOOBIG)/;

/** Data exceptions, broken constraints, and limits such as the size of an index's entry. */
const CLASSES_ABOUT_VALUES: ReadonlySet<string> = new Set(['22', '23', '54']);

const SYSTEM_ERROR = /^(E[A-Z]{3,}|ERR_SOCKET_\w+|ERR_STREAM_\w+)$/;

/** What the drivers say of a connection that is gone, without a code. */
const NO_CONNECTION =
  /^(Connection terminated|Connection ended|Client has encountered a connection error|Client was closed|Cannot use a pool after|timeout (expired|exceeded)|Query read timeout|The database connection is not open|The connection to the database was|driver has already been destroyed)/;
