import type { EventStore, ImportingStore, RecordedEvent } from '@provisie/event-store';
import {
  compareLogs,
  type LogComparison,
  type LogDifference,
} from '@provisie/event-store/log-equality';
import { UsageError } from '@provisie/process';

export interface LogMigration {
  readonly from: Pick<EventStore, 'readAll' | 'head'>;
  readonly to: ImportingStore;
  /** False where the target gives its own positions. */
  readonly keepsPositions: boolean;
  readonly batchSize?: number;
  /** Events that were found there already and compared. */
  readonly onCompared?: (events: number) => void;
  /** Of the source: the position copied, and its head. */
  readonly onCopied?: (position: number, head: number) => void;
}

export interface CopiedLog {
  /** That the target had already, each compared with its original. */
  readonly found: number;
  readonly copied: number;
}

/**
 * Copies what the target lacks, in log order. What it has must be the beginning of the source, event by event; throws
 * `UsageError` when it is something else.
 */
export async function copyLog(migration: LogMigration): Promise<CopiedLog> {
  const { from, to, batchSize = 1000, onCopied } = migration;
  const before = await comparison(migration, migration.onCompared);
  requirePrefix(before.difference);
  let copied = 0;
  const head = await from.head();
  for await (const batch of from.readAll(before.last?.position ?? 0, { batchSize })) {
    await to.importEvents(batch);
    copied += batch.length;
    onCopied?.(batch.at(-1)?.position ?? 0, head);
  }
  return { found: before.one.events, copied };
}

/** Reads both logs anew, in full; throws `UsageError` when they differ anywhere. */
export async function proveEqual(
  migration: LogMigration,
  onCompared: (events: number) => void,
): Promise<LogComparison> {
  const proof = await comparison(migration, onCompared);
  const { difference } = proof;
  if (difference === null) return proof;
  throw new UsageError(
    `The copy is NOT equal: ${differenceText(difference)}. Don't use it. Run the command again; if it says the same, empty the target and begin anew.`,
  );
}

function comparison(
  { from, to, keepsPositions, batchSize = 1000 }: LogMigration,
  onProgress: ((events: number) => void) | undefined,
): Promise<LogComparison> {
  return compareLogs({
    one: from,
    other: to,
    withPositions: keepsPositions,
    batchSize,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
}

function requirePrefix(difference: LogDifference | null): void {
  if (difference === null || difference.other === null) return;
  throw new UsageError(
    `The target holds something else, and was left as it is: ${differenceText(difference)}. Name an empty target, or the one in which the same log was begun.`,
  );
}

function differenceText({ ordinal, field, one, other }: LogDifference): string {
  const what = field === 'missing' ? 'is in one of them only' : `differs in its ${field}`;
  return `event ${ordinal} ${what} (source: ${placeOf(one)}; target: ${placeOf(other)})`;
}

function placeOf(event: RecordedEvent | null): string {
  if (event === null) return 'none';
  return `${event.type}, stream ${event.stream}, revision ${event.revision}, position ${event.position}`;
}
