import { eventStoreContract } from '@provisie/event-store-testkit';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import type { TestDatabase } from '@provisie/postgres-testkit';
import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { openPostgresEventStore } from './index.ts';

describe.skipIf(postgresMissing() !== null)('a real server', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });

  afterAll(() => database.drop());

  eventStoreContract({
    name: 'PostgreSQL',
    importing: { positions: 'kept' },
    open: async () => {
      const options = { url: database.url };
      const store = await openPostgresEventStore(options);
      return {
        store,
        reopen: () => openPostgresEventStore(options),
        cleanUp: async () => {
          await store.close();
          await emptied(database.url);
        },
      };
    },
  });
});

/** Making a database takes ten times as long. */
async function emptied(connectionString: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query('DROP SCHEMA provisie_events CASCADE');
  await client.end();
}
