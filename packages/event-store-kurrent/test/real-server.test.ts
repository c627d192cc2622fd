import { describe, test } from 'vitest';
import { eventStoreContract } from '@provisie/event-store-testkit';
import { NamespacedStores } from './namespaced-stores.ts';
import { skippedBecauseOfIds } from './skipped.ts';

const address = process.env['EVENTSTORE_URL'];

if (address === undefined || address === '') {
  describe('a real EventStoreDB or KurrentDB server', () => {
    test.skip('keeps the contract (skipped: EVENTSTORE_URL names no server)', () => {});
  });
} else {
  eventStoreContract({
    name: 'EventStoreDB at EVENTSTORE_URL',
    open: async () => new NamespacedStores(address).forTest(),
    importing: { positions: 'growing' },
    skip: skippedBecauseOfIds,
  });
}
