import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReadableLog } from '@provisie/event-store';
import { buildTables } from '../build/build-tables.ts';
import type { Session } from '../database/session.ts';
import { openDatabase } from '../sqlite/sqlite-read-model.ts';

export interface TablesAside {
  readonly log: ReadableLog;
  /** The last position to apply. */
  readonly until: number;
  /** Where the file stands for the time being; default: the system's folder for such files. */
  readonly folder?: string;
  /** Called when more is done, with the share of it all. */
  readonly onShare?: (share: number) => void;
}

/**
 * Builds the tables of a log in a file that is there for as long as somebody looks at it. An event that can't be applied
 * is set aside.
 */
export async function withTablesAside<Result>(
  { log, until, folder = tmpdir(), onShare }: TablesAside,
  look: (session: Session) => Promise<Result>,
): Promise<Result> {
  const place = mkdtempSync(join(folder, 'provisie-tables-'));
  try {
    const database = await openDatabase(join(place, 'aside.sqlite'), 'build');
    try {
      await buildTables({
        database,
        store: log,
        projection: { unreadable: 'set_aside', now: () => 0 },
        until,
        onBatch: async (share) => onShare?.(share),
      });
      return await look(database.reading);
    } finally {
      await database.close();
    }
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}
