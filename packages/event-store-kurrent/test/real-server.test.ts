import { describe } from 'vitest';
import { eventStoreContract } from '@provisie/event-store-testkit';
import { NamespacedStores } from './namespaced-stores.ts';
import { skippedBecauseOfIds } from './skipped.ts';

const address = process.env['EVENTSTORE_URL'] ?? '';

describe.skipIf(address === '')('a real server (skipped unless EVENTSTORE_URL names one)', () => {
  eventStoreContract({
    name: 'EventStoreDB at EVENTSTORE_URL',
    open: async () => new NamespacedStores(address).forTest(),
    importing: { positions: 'growing' },
    skip: skippedBecauseOfIds,
  });
});
