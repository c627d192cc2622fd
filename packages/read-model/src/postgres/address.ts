import { ADDRESS_FORM, postgresServer } from '@provisie/postgres';
import type { Place } from './connection.ts';
import { ReadModelDatabaseError } from './read-model-database-error.ts';

/**
 * For people: without the password. Throws `ReadModelDatabaseError` for what is no address of a PostgreSQL database;
 * it doesn't repeat it.
 */
export function placeText({ url, schema }: Place): string {
  const server = postgresServer(url);
  if (server !== null) return `${server.address}, schema ${schema}`;
  throw new ReadModelDatabaseError('at the given address', `the address ${ADDRESS_FORM}`);
}
