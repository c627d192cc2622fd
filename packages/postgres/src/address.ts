/** A database, and how to get there. */
export interface PostgresServer {
  readonly url: string;
  /** For messages: without the password, and without options that may hold another. */
  readonly address: string;
}

/** What an address that was refused must be, to follow "The address". */
export const ADDRESS_FORM =
  'must be like postgres://user:password@host:port/database, with special characters in the password percent-encoded';

/** Null for what is no address of a PostgreSQL database. */
export function postgresServer(url: string): PostgresServer | null {
  const parsed = URL.parse(url);
  if (parsed === null || !/^postgres(ql)?:$/.test(parsed.protocol)) return null;
  const { protocol, username, host, pathname, hash, searchParams } = parsed;
  // A password with a bare / or # was taken for the host and what follows it.
  if (`${pathname}${hash}`.includes('@')) return null;
  const user = username === '' ? '' : `${username}@`;
  const place = searchParams.get('host') ?? host;
  return { url, address: `${protocol}//${user}${place}${pathname}` };
}
