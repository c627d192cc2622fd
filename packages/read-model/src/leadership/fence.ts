import { sql } from 'kysely';
import { ProjectionTakenOverError } from '../errors.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import { statement, type Session } from '../database/session.ts';

/**
 * Whoever leads writes under a token greater than those before, and the tables remember the greatest that they
 * saw: a leader that was away too long finds its own outdated in the very transaction that it wants to write in.
 */
export interface Fence {
  readonly token: number;
}

const FENCE = sql.table('projector_fence');

/**
 * Shuts out everybody with a smaller token, from their next transaction on; waits for the one under way. Throws
 * `ProjectionTakenOverError` when there was a greater token already.
 */
export async function raiseFence(database: ReadModelDatabase, { token }: Fence): Promise<void> {
  await database.transaction(async ({ db, dialect }) => {
    const integer = sql.raw(dialect.name === 'sqlite' ? 'integer' : 'bigint');
    await sql`create table if not exists ${FENCE} (
      only_one ${integer} primary key, token ${integer} not null)`.execute(db);
    const { rows } = await sql`insert into ${FENCE} (only_one, token) values (1, ${token})
      on conflict (only_one) do update set token = excluded.token
      where ${FENCE}.token <= excluded.token returning token`.execute(db);
    if (rows.length === 0) throw new ProjectionTakenOverError();
  });
}

const holdRow = statement((db) =>
  sql`update ${FENCE} set token = token where token = ${0} returning token`.compile(db),
);

/** Part of each transaction: fails it when another has shut this one out, and holds others back until it ends. */
export async function holdFence(session: Session, { token }: Fence): Promise<void> {
  if ((await holdRow(session, token)).length === 0) throw new ProjectionTakenOverError();
}
