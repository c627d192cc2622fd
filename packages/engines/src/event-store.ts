import type { EventStore } from '@provisie/event-store';
import { parseAddress } from './address.ts';

export interface OpenEventStoreOptions {
  /** SQLite: as a reader beside the process that writes. Default false. */
  readonly readOnly?: boolean;
  /** SQLite: appends are refused with `store_full` before the file outgrows this. */
  readonly maxFileBytes?: number;
}

/**
 * Opens the log at an address. A driver is loaded only when its engine is asked for.
 * Throws `UsageError` for an address that isn't one, `EventStoreError` for a store that can't be used.
 */
export async function openEventStore(
  text: string,
  { readOnly = false, maxFileBytes }: OpenEventStoreOptions = {},
): Promise<EventStore> {
  const address = parseAddress(text, ['sqlite']);
  switch (address.engine) {
    case 'sqlite': {
      const { openSqliteEventStore } = await import('@provisie/event-store/sqlite');
      const limit = maxFileBytes === undefined ? {} : { maxFileBytes };
      return openSqliteEventStore({ file: address.file, readOnly, ...limit });
    }
    case 'postgresql':
    case 'kurrent':
      throw new Error(`parseAddress let ${address.engine} through`);
  }
}
