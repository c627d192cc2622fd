import { Client } from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, postgresMissing } from './index.ts';

test.skipIf(postgresMissing() !== null)(
  'databases of their own are apart from each other, and gone when dropped',
  async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    const client = new Client({ connectionString: one.url });
    client.on('error', () => {});
    await client.connect();
    await client.query('CREATE TABLE notes (text text)');
    const apart = new Client({ connectionString: other.url });
    await apart.connect();
    await expect(apart.query('SELECT * FROM notes')).rejects.toThrow('"notes" does not exist');
    await apart.end();
    await one.drop();
    await other.drop();
    await expect(new Client({ connectionString: one.url }).connect()).rejects.toThrow(
      'does not exist',
    );
  },
);
