import { eventStoreContract } from '@provisie/event-store-testkit';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { describe } from 'vitest';
import { openPostgresEventStore } from './index.ts';

describe.skipIf(postgresMissing() !== null)('a real server', () => {
  eventStoreContract({
    name: 'PostgreSQL',
    open: async () => {
      const database = await createTestDatabase();
      const options = { url: database.url };
      const store = await openPostgresEventStore(options);
      return {
        store,
        reopen: () => openPostgresEventStore(options),
        cleanUp: async () => {
          await store.close();
          await database.drop();
        },
      };
    },
  });
});
