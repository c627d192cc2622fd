import { KurrentDouble } from '@provisie/event-store-testkit/kurrent';
import type { KurrentDoubleOptions } from '@provisie/event-store-testkit/kurrent';
import type { ImportingStore } from '@provisie/event-store';
import { openKurrentEventStore } from '../src/index.ts';
import type { KurrentEventStoreOptions } from '../src/index.ts';

/** Quick, so that a test of a failure doesn't take long. */
export const quick = {
  attemptMs: 300,
  limitMs: 3_000,
  firstPauseMs: 5,
  longestPauseMs: 50,
} as const;

/** A server for one test, and the stores on it; all closed together. */
export class TestServer {
  readonly double: KurrentDouble;
  readonly #stores: ImportingStore[] = [];

  private constructor(double: KurrentDouble) {
    this.double = double;
  }

  static async start(options: KurrentDoubleOptions = {}): Promise<TestServer> {
    return new TestServer(await KurrentDouble.start(options));
  }

  async open(options: Partial<KurrentEventStoreOptions> = {}): Promise<ImportingStore> {
    const store = await openKurrentEventStore({
      connectionString: this.double.connectionString,
      patience: quick,
      silenceMs: 200,
      ...options,
    });
    this.#stores.push(store);
    return store;
  }

  async stop(): Promise<void> {
    this.double.faults.clear();
    await Promise.all(this.#stores.splice(0).map((store) => store.close()));
    await this.double.stop();
  }
}
