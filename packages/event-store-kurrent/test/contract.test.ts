import { afterAll, beforeAll } from 'vitest';
import { eventStoreContract } from '@provisie/event-store-testkit';
import { KurrentDouble } from '@provisie/event-store-testkit/kurrent';
import { NamespacedStores } from './namespaced-stores.ts';
import { skippedBecauseOfIds } from './skipped.ts';

let double: KurrentDouble;

beforeAll(async () => {
  double = await KurrentDouble.start();
});

afterAll(() => double.stop());

eventStoreContract({
  name: 'EventStoreDB (a double of its protocol)',
  open: async () => new NamespacedStores(double.connectionString).forTest(),
  importing: { positions: 'growing' },
  skip: skippedBecauseOfIds,
});
