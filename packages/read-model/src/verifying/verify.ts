import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@provisie/event-store';
import { buildTables } from '../build/build-tables.ts';
import { ledgerViolations } from './ledger-invariants.ts';
import { TABLE_NAMES } from '../tables/index.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import type { Session } from '../database/session.ts';
import { openDatabase } from '../sqlite/sqlite-read-model.ts';
import { compareTable, type TableComparison } from './table-comparison.ts';

export interface VerifyOptions {
  readonly store: EventStore;
  /** The read model to check; it may be in use. */
  readonly database: ReadModelDatabase;
  /** Positions of the log that are done, and in all. */
  readonly onProgress?: (progress: { readonly handled: number; readonly total: number }) => void;
  /** Where the rebuilt file stands for the time being; default: the system's folder for such files. */
  readonly folder?: string;
}

export interface VerifyReport {
  /** The checkpoint of the live read model: the log was rebuilt up to here. */
  readonly position: number;
  /** All tables are equal and the ledger keeps its invariants. */
  readonly ok: boolean;
  readonly tables: readonly TableComparison[];
  /** What is wrong with the ledger, in words. */
  readonly ledgerViolations: readonly string[];
}

/**
 * Rebuilds into a file beside the live read model, up to its checkpoint, and compares table by table; the live one is
 * read as it stands at one moment, while its projector may go on. One on PostgreSQL is compared with a file too: so two
 * databases must come to the same rows.
 */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const folder = mkdtempSync(join(options.folder ?? tmpdir(), 'provisie-verify-'));
  try {
    return await options.database.snapshot((session) =>
      compareWithRebuilt(session, options, join(folder, 'rebuilt.sqlite')),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compareWithRebuilt(
  session: Session,
  { store, onProgress }: VerifyOptions,
  file: string,
): Promise<VerifyReport> {
  const { position } = await session.db
    .selectFrom('checkpoint')
    .select('position')
    .executeTakeFirstOrThrow();
  const rebuilt = await openDatabase(file, 'build');
  try {
    await buildTables({
      database: rebuilt,
      store,
      projection: { unreadable: 'set_aside', now: () => 0 },
      until: position,
      onBatch: async (share) =>
        onProgress?.({ handled: Math.round(share * position), total: position }),
    });
    const tables: TableComparison[] = [];
    for (const name of TABLE_NAMES) {
      tables.push(await compareTable(session, rebuilt.reading, name));
    }
    const violations = await ledgerViolations(session);
    const ok = tables.every((table) => table.equal) && violations.length === 0;
    return { position, ok, tables, ledgerViolations: violations };
  } finally {
    await rebuilt.close();
  }
}
