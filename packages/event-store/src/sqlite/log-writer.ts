import type { AppendResult, RecordedEvent } from '../event-store.ts';
import type { PreparedAppend } from '../prepared-append.ts';

/** The one who writes to the file of a store. */
export interface LogWriter {
  /** As `EventStore.append`, of what was checked. */
  append(append: PreparedAppend): Promise<AppendResult>;
  /** As `ImportingStore.importEvents`. */
  importEvents(events: readonly RecordedEvent[]): Promise<void>;
  /** Finishes what it was given, then lets go of the file. */
  close(): Promise<void>;
}

export interface LogWriterOptions {
  readonly file: string;
  /** UTC milliseconds. */
  readonly clock: () => number;
  readonly maxQueuedEvents: number;
  /** Null: unlimited. */
  readonly maxFileBytes: number | null;
  /** Called when something was written. */
  readonly onWritten: () => void;
}
