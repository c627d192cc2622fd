import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RecordedEvent } from '@provisie/event-store';
import { afterEach } from 'vitest';
import { TABLE_NAMES } from '../src/table-definitions.ts';
import { Projection } from '../src/projection.ts';
import { openSqliteReadModel, type SqliteReadModel } from '../src/sqlite/sqlite-read-model.ts';
import { recorded, type Written } from './events.ts';

const folders: string[] = [];
const opened: { close(): Promise<void> }[] = [];

afterEach(async () => {
  for (const closable of opened.splice(0)) await closable.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'provisie-read-model-'));
  folders.push(folder);
  return folder;
}

/** Is closed after the test. */
export function closing<Closable extends { close(): Promise<void> }>(closable: Closable): Closable {
  opened.push(closable);
  return closable;
}

export async function emptyReadModel(): Promise<SqliteReadModel> {
  return closing(await openSqliteReadModel({ folder: temporaryFolder() }));
}

/** As new: for tests that need hundreds of them. */
export async function clear(model: SqliteReadModel): Promise<void> {
  await model.database.transaction(async ({ db }) => {
    for (const table of TABLE_NAMES) {
      if (table !== 'checkpoint') await db.deleteFrom(table).execute();
    }
    await db.updateTable('checkpoint').set({ position: 0, last_recorded_at: null }).execute();
  });
}

/** A read model after these events, applied in batches of these sizes, the last size again and again. */
export async function readModelAfter(
  events: readonly RecordedEvent[],
  batchSizes: readonly number[] = [100],
): Promise<SqliteReadModel> {
  const model = await emptyReadModel();
  await applyInBatches(model, events, batchSizes);
  return model;
}

export async function applyInBatches(
  model: SqliteReadModel,
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

export const after = (events: readonly Written[]) => readModelAfter(recorded(events));

export const firstPage = { limit: 500, cursor: null };
