import type { CompiledQuery } from 'kysely';
import { indexesOf, type Index } from '../database/indexes.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import type { Session } from '../database/session.ts';
import type { TableName } from '../tables/index.ts';

/** A build finds their rows by key; they grow with the orders of a log. */
const TABLES_OF_ORDERS: readonly TableName[] = [
  'orders',
  'commissions',
  'journal_entries',
  'journal_lines',
  'open_items',
];
/** But for these. */
const LOOKED_UP_BY_BUILDS: ReadonlySet<string> = new Set(['open_items_of_order']);

/** The indexes that only queries need. A build makes them in the end: that costs a fraction of keeping them. */
export function indexesOfQueries({ reading: { db } }: ReadModelDatabase): readonly Index[] {
  return TABLES_OF_ORDERS.flatMap((table) => indexesOf(db, table)).filter(
    ({ name }) => !LOOKED_UP_BY_BUILDS.has(name),
  );
}

export async function dropIndexes({ db }: Session, indexes: readonly Index[]): Promise<void> {
  for (const { name } of indexes) await db.schema.dropIndex(name).ifExists().execute();
}

export function creationsOf(indexes: readonly Index[]): readonly CompiledQuery[] {
  return indexes.map(({ creation }) => creation);
}
