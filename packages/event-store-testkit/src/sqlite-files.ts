import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import type { SqliteEventStore, SqliteEventStoreOptions } from '@provisie/event-store/sqlite';

export const WRITING_THREADS = ['callers_thread', 'own_thread'] as const;

export type WritingThread = (typeof WRITING_THREADS)[number];

/** A folder of its own for one test, with the stores in it, so that all is closed and removed together. */
export class StoreFolder {
  readonly path: string = mkdtempSync(join(tmpdir(), 'provisie-events-'));
  readonly file: string = join(this.path, 'events.sqlite');
  readonly #writesOn: WritingThread;
  readonly #stores: SqliteEventStore[] = [];

  constructor(writesOn: WritingThread = 'callers_thread') {
    this.#writesOn = writesOn;
  }

  open(options: Partial<SqliteEventStoreOptions> = {}): SqliteEventStore {
    const store = openSqliteEventStore({ file: this.file, writesOn: this.#writesOn, ...options });
    this.#stores.push(store);
    return store;
  }

  async remove(): Promise<void> {
    for (const store of this.#stores.splice(0)) await store.close();
    rmSync(this.path, { recursive: true, force: true });
  }
}
