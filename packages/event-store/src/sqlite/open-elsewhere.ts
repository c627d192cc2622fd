import type { EventStore } from '../event-store.ts';
import { openSqliteEventStore } from './sqlite-event-store.ts';

/** Opens the log of a store in another thread, see `ReadElsewhere`. */
export function openElsewhere(options: unknown): EventStore {
  if (typeof options !== 'object' || options === null || !('file' in options)) {
    throw new TypeError('A file must be named.');
  }
  return openSqliteEventStore({ file: String(options.file), readOnly: true });
}
