import type { CompiledQuery, Kysely } from 'kysely';
import type { Prepare } from './session.ts';
import type { Tables } from '../tables/index.ts';

/** The connection that the projector writes through. */
export interface Writer {
  readonly db: Kysely<Tables>;
  /** How queries are prepared that run in a transaction of `db`. */
  readonly prepareIn: (transaction: Kysely<Tables>) => Prepare;
  /** Runs statements that take long, one by one, without holding up this process. */
  readonly defineApart: (queries: readonly CompiledQuery[]) => Promise<void>;
}
