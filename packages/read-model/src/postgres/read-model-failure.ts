import { reasonOf } from '@provisie/postgres';
import { ReadModelDatabaseError } from './read-model-database-error.ts';

/** Turns what failed there into a `ReadModelDatabaseError`. */
export function readModelFailure(where: string, error: unknown): ReadModelDatabaseError {
  if (error instanceof ReadModelDatabaseError) return error;
  return new ReadModelDatabaseError(where, reasonOf(error), { cause: error });
}
