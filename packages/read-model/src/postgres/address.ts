import type { Place } from './connection.ts';
import { ReadModelDatabaseError } from './read-model-database-error.ts';

const PROTOCOLS: ReadonlySet<string> = new Set(['postgres:', 'postgresql:']);

/** Throws `ReadModelDatabaseError` for what is no address of a PostgreSQL database; it doesn't repeat it. */
export function expectAddress(url: string): void {
  const parsed = URL.parse(url);
  if (parsed !== null && PROTOCOLS.has(parsed.protocol)) return;
  throw new ReadModelDatabaseError(
    'at the given address',
    'the address must be like postgres://user:password@host:5432/database, with special characters in the password written as %40 and the like',
  );
}

/** For people: without the password, and without options that may hold another. */
export function placeText({ url, schema }: Place): string {
  const parsed = URL.parse(url);
  if (parsed === null) return `schema ${schema}`;
  const { protocol, username, host, pathname } = parsed;
  const user = username === '' ? '' : `${username}@`;
  return `${protocol}//${user}${host}${pathname}, schema ${schema}`;
}
