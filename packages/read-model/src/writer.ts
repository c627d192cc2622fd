import type { Kysely } from 'kysely';
import type { Prepare } from './session.ts';
import type { Tables } from './tables.ts';

/** The connection that the projector writes through. */
export interface Writer {
  readonly db: Kysely<Tables>;
  /** How queries are prepared that run in a transaction of `db`. */
  readonly prepareIn: (transaction: Kysely<Tables>) => Prepare;
}
