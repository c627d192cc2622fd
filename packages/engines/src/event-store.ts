import type { ImportingStore } from '@provisie/event-store';
import { parseAddress } from './address.ts';

export interface OpenEventStoreOptions {
  /** SQLite: as a reader beside the process that writes. Default false. */
  readonly readOnly?: boolean;
  /** SQLite: appends are refused with `store_full` before the file outgrows this. */
  readonly maxFileBytes?: number;
  /** SQLite: whether a thread is started that writes, for a service that writes all the time. Default false. */
  readonly ownThread?: boolean;
}

/**
 * Opens the log at an address. A driver is loaded only when its engine is asked for.
 * Throws `UsageError` for an address that isn't one, `EventStoreError` for a store that can't be used.
 */
export async function openEventStore(
  text: string,
  { readOnly = false, maxFileBytes, ownThread = false }: OpenEventStoreOptions = {},
): Promise<ImportingStore> {
  const address = parseAddress(text, ['sqlite', 'postgresql', 'kurrent']);
  switch (address.engine) {
    case 'sqlite': {
      const { openSqliteEventStore } = await import('@provisie/event-store/sqlite');
      const limit = maxFileBytes === undefined ? {} : { maxFileBytes };
      const writesOn = ownThread ? 'own_thread' : 'callers_thread';
      return openSqliteEventStore({ file: address.file, readOnly, writesOn, ...limit });
    }
    case 'postgresql': {
      const { openPostgresEventStore } = await import('@provisie/event-store-postgres');
      return openPostgresEventStore({ url: address.url });
    }
    case 'kurrent': {
      const { openKurrentEventStore } = await import('@provisie/event-store-kurrent');
      return openKurrentEventStore({ connectionString: address.connectionString });
    }
  }
}
