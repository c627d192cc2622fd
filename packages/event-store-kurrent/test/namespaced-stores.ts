import type { OpenedForTest } from '@provisie/event-store-testkit';
import type { ImportingStore } from '@provisie/event-store';
import { openKurrentEventStore } from '../src/index.ts';

/** A store of its own for each test on a server whose log is never empty. */
export class NamespacedStores {
  readonly #connectionString: string;
  readonly #namespace = `test_${crypto.randomUUID().replaceAll('-', '')}`;
  readonly #stores: ImportingStore[] = [];

  constructor(connectionString: string) {
    this.#connectionString = connectionString;
  }

  async forTest(): Promise<OpenedForTest> {
    return {
      store: await this.#open(),
      reopen: () => this.#open(),
      cleanUp: async () => {
        await Promise.all(this.#stores.map((store) => store.close()));
      },
    };
  }

  async #open(): Promise<ImportingStore> {
    const store = await openKurrentEventStore({
      connectionString: this.#connectionString,
      namespace: this.#namespace,
      silenceMs: 500,
    });
    this.#stores.push(store);
    return store;
  }
}
