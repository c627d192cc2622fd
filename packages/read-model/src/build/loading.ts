import type { ReadableLog } from '@provisie/event-store';
import { ProjectionTakenOverError } from '../errors.ts';
import { isFaultOfDatabase } from '../database/fault-of-database.ts';
import { holdFence } from '../leadership/fence.ts';
import type { ProjectionOptions } from '../applying/projection.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import type { Session } from '../database/session.ts';
import { TABLE_NAMES } from '../tables/index.ts';
import { TouchLoadFailedError } from '../batch/touches-ahead.ts';

export interface TouchLoading {
  readonly database: ReadModelDatabase;
  readonly store: ReadableLog;
  readonly projection: ProjectionOptions;
}

/** Throws `TouchLoadFailedError` when it may be an event that made it fail. */
export async function loadInTransaction(
  { database, projection: { fence, giveUp } }: TouchLoading,
  work: (session: Session) => Promise<void>,
): Promise<void> {
  if (giveUp?.aborted === true) throw new ProjectionTakenOverError();
  try {
    await database.transaction(async (session) => {
      if (fence !== undefined) await holdFence(session, fence);
      await work(session);
    });
  } catch (error) {
    if (error instanceof ProjectionTakenOverError || isFaultOfDatabase(error)) throw error;
    throw new TouchLoadFailedError(error);
  }
}

export async function emptyTables(loading: TouchLoading): Promise<void> {
  await loadInTransaction(loading, async (session) => {
    for (const name of TABLE_NAMES) {
      if (name !== 'checkpoint') await session.db.deleteFrom(name).execute();
    }
    await session.db
      .updateTable('checkpoint')
      .set({ position: 0, handled_at: null, last_recorded_at: null, closed_day: 0 })
      .execute();
  });
}
