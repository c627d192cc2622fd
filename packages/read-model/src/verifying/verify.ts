import type { ReadableLog } from '@provisie/event-store';
import { ledgerViolations } from './ledger-invariants.ts';
import { TABLE_NAMES } from '../tables/index.ts';
import type { ReadModelDatabase } from '../database/read-model-database.ts';
import type { Session } from '../database/session.ts';
import { compareTable, type TableComparison } from './table-comparison.ts';
import { withTablesAside } from './tables-aside.ts';

export interface VerifyOptions {
  readonly store: ReadableLog;
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
export function verify(options: VerifyOptions): Promise<VerifyReport> {
  return options.database.snapshot((session) => compareWithRebuilt(session, options));
}

async function compareWithRebuilt(
  live: Session,
  { store, folder, onProgress }: VerifyOptions,
): Promise<VerifyReport> {
  const { position } = await live.db
    .selectFrom('checkpoint')
    .select('position')
    .executeTakeFirstOrThrow();
  const onShare = (share: number) =>
    onProgress?.({ handled: Math.round(share * position), total: position });
  const place = folder === undefined ? {} : { folder };
  return withTablesAside({ log: store, until: position, onShare, ...place }, async (rebuilt) => {
    const tables: TableComparison[] = [];
    for (const name of TABLE_NAMES) tables.push(await compareTable(live, rebuilt, name));
    const violations = await ledgerViolations(live);
    const ok = tables.every((table) => table.equal) && violations.length === 0;
    return { position, ok, tables, ledgerViolations: violations };
  });
}
