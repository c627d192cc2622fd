import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import type { SqliteEventStore, SqliteEventStoreOptions } from '@provisie/event-store/sqlite';

/** A folder of its own for one test, with the stores in it, so that all is closed and removed together. */
export class StoreFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'provisie-events-'));
  readonly file: string = join(this.path, 'events.sqlite');
  readonly #stores: SqliteEventStore[] = [];

  open(options: Partial<SqliteEventStoreOptions> = {}): SqliteEventStore {
    const store = openSqliteEventStore({ file: this.file, ...options });
    this.#stores.push(store);
    return store;
  }

  async remove(): Promise<void> {
    for (const store of this.#stores.splice(0)) await store.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}
