import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '@provisie/event-store';
import { onTestFinished } from 'vitest';
import { Projection } from '../src/applying/projection.ts';
import type { OpenedReadModel } from '../src/opened-read-model.ts';
import { openSqliteReadModel, type SqliteReadModel } from '../src/sqlite/sqlite-read-model.ts';
import { TABLE_NAMES } from '../src/tables/index.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-read-model-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Is closed after the test. */
export function closing<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  onTestFinished(() => closable.close());
  return closable;
}

export async function emptySqliteReadModel(): Promise<SqliteReadModel> {
  return closing(await openSqliteReadModel({ folder: temporaryFolder() }));
}

/** As new: for tests that need hundreds of them. */
export async function clear(model: OpenedReadModel): Promise<void> {
  await model.database.transaction(async ({ db }) => {
    for (const table of TABLE_NAMES) {
      if (table !== 'checkpoint') await db.deleteFrom(table).execute();
    }
    await db
      .updateTable('checkpoint')
      .set({ position: 0, last_recorded_at: null, closed_day: 0 })
      .execute();
  });
}

/** Applies the events in batches of these sizes, the last size again and again. */
export async function applyInBatches(
  model: OpenedReadModel,
  events: readonly RecordedEvent[],
  batchSizes: readonly number[],
): Promise<Projection> {
  const projection = await Projection.resume(model.database, {
    unreadable: 'stop',
    now: () => 0,
  });
  let from = 0;
  for (let batch = 0; from < events.length; batch++) {
    const size = batchSizes[Math.min(batch, batchSizes.length - 1)] ?? 100;
    await projection.apply(events.slice(from, from + size));
    from += size;
  }
  return projection;
}

export const firstPage = { limit: 500, cursor: null };
