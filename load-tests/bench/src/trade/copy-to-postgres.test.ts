import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTestDatabase, postgresMissing } from '@provisie/postgres-testkit';
import { readModelFile } from '@provisie/read-model';
import { expect, onTestFinished, test } from 'vitest';
import { copyToPostgres } from './copy-to-postgres.ts';
import { fillTrade } from './fill-trade.ts';
import { openTradeApi } from './trade-api.ts';
import { tradeRequests } from './trade-requests.ts';
import { nowOf } from './trade-shape.ts';

const SHAPE = { weeks: 7, partners: 5, ordersPerWeek: 60, touchesPerOrder: 3 };

test.skipIf(postgresMissing() !== null)(
  'the API answers from the copy what it answers from the original',
  async () => {
    const folder = temporaryFolder();
    await fillTrade(folder, SHAPE);
    const database = await createTestDatabase();
    onTestFinished(() => database.drop());
    await copyToPostgres(readModelFile(folder), database.url);
    const answers = await answersFrom(folder);
    expect(answers.length).toBeGreaterThan(500);
    expect(await answersFrom(database.url)).toEqual(answers);
  },
  60_000,
);

async function answersFrom(place: string): Promise<readonly string[]> {
  const api = await openTradeApi(place, temporaryFolder(), nowOf(SHAPE));
  const answers: string[] = [];
  for (const { as, asked } of await tradeRequests(place, SHAPE)) {
    const key = as === 'admin' ? api.keys.adminKey : api.keys.partnerKey;
    const headers = { authorization: `Bearer ${key}` };
    for (const url of asked) {
      const response = await api.fetch(new Request(`http://api.example${url}`, { headers }));
      answers.push(`${url} ${response.status} ${await response.text()}`);
    }
  }
  await api.close();
  return answers;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'provisie-bench-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  return folder;
}
