import { streams, payoutStates } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { createApiClient, type ApiClient } from '../src/demo/api-client.ts';
import { seededChance } from '../src/sample/random.ts';
import { officeSetup } from '../src/sample/office.ts';
import { SAMPLE_MERCHANT, SAMPLE_PAYEES } from '../src/sample/payees.ts';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const KILLS = 12;
const ORDERS_EACH = 6;
const SINCE = '2026-01-01T00:00:00.000Z';
const PARTNERS = Object.keys(SAMPLE_PAYEES);

const runs = z.object({
  items: z.array(
    z.object({ runId: z.string(), status: z.string(), exports: z.array(z.unknown()) }),
  ),
});

test(`two people pay out a month on a server that is killed ${KILLS} times, and each order is paid once`, async () => {
  const seed = Number(process.env['PROVISIE_CRASH_SEED'] ?? Date.now() % 1_000_000);
  console.log(`payout crash test: seed ${seed} (repeat with PROVISIE_CRASH_SEED=${seed})`);
  const chance = seededChance(seed);
  const folder = temporaryFolder();
  const accessKey = await openMonth(folder);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const server = await serverProcess(folder);
    const people = [1, 2].map((person) => payOutUntilGone(server.url, accessKey, person));
    await pause(chance.between(5, 900));
    const { exitCode } = await server.stop('SIGKILL');
    expect(exitCode).toBeNull();
    await Promise.all(people);
  }
  const server = await serverProcess(folder);
  const api = createApiClient(server.url, accessKey);
  await finish(api);
  const preview = await api.get(
    '/v1/payout-preview',
    z.object({ due: z.object({ payouts: z.int() }) }),
  );
  expect(preview.due.payouts).toBe(0);
  expect((await server.stop('SIGTERM')).exitCode).toBe(0);
  await expectPaidOnce(folder);
  const { exitCode, stdout } = await provisie(['--data', folder, 'verify']);
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
}, 180_000);

/** The partners of the sample, each with orders that are payable. */
async function openMonth(folder: string): Promise<string> {
  const server = await serverProcess(folder);
  const accessKey = server.firstAdminKey ?? '';
  const api = createApiClient(server.url, accessKey);
  await api.put('/v1/merchant', SAMPLE_MERCHANT);
  const { programmes } = officeSetup();
  const [first] = programmes;
  await api.post('/v1/programmes', { ...first, openedAt: SINCE });
  for (const partnerId of PARTNERS) {
    const profile = { name: partnerId, email: `info@${partnerId}.example` };
    await api.post('/v1/partners', { partnerId, profile, appliedAt: SINCE });
    await api.post(`/v1/partners/${partnerId}/approve`, { approvedAt: SINCE });
    await api.put(`/v1/partners/${partnerId}/payout-details`, {
      ...SAMPLE_PAYEES[partnerId],
      changedAt: SINCE,
    });
    await api.post(`/v1/partners/${partnerId}/self-billing`, { agreedAt: SINCE });
    const code = couponOf(partnerId);
    await api.post('/v1/coupons', { code, partnerId, programmeId: 'affiliate', issuedAt: SINCE });
  }
  await Promise.all(
    PARTNERS.flatMap((partnerId) =>
      Array.from({ length: ORDERS_EACH }, (_, index) =>
        api.post('/v1/orders', {
          orderId: `${partnerId}-${String(index)}`,
          placedAt: '2026-02-01T10:00:00.000Z',
          customer: { email: `${partnerId}-${String(index)}@post.example` },
          currency: 'EUR',
          lines: [{ lineId: '1', amountCents: 100_000 + index }],
          couponCodes: [couponOf(partnerId)],
        }),
      ),
    ),
  );
  expect((await server.stop('SIGTERM')).exitCode).toBe(0);
  return accessKey;
}

const couponOf = (partnerId: string) => partnerId.toUpperCase();

/** A person who, whatever happened before, does the next thing; until the server is gone. */
async function payOutUntilGone(url: string, accessKey: string, person: number): Promise<void> {
  const post = (path: string, key: string, body: object = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${accessKey}`,
        'content-type': 'application/json',
        'idempotency-key': key,
      },
      body: JSON.stringify(body),
    });
  try {
    for (let round = 0; ; round += 1) {
      // Now the key of before, now a new one: a repeat, or another who thinks of the same.
      const opened = await post('/v1/payout-runs', `month-${String(person)}-${String(round % 2)}`);
      await opened.arrayBuffer();
      expect([200, 409, 503]).toContain(opened.status);
      const listed = await fetch(`${url}/v1/payout-runs`, {
        headers: { authorization: `Bearer ${accessKey}` },
      });
      for (const { runId } of runs.parse(await listed.json()).items) {
        for (const step of ['schedule', 'export']) {
          const done = await post(`/v1/payout-runs/${runId}/${step}`, `${step}-${runId}`);
          await done.arrayBuffer();
          expect([200, 409, 503]).toContain(done.status);
        }
      }
    }
  } catch (error) {
    // The connection broke: fetch says it with a TypeError, anything else is a failed expectation.
    if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
  }
}

async function finish(api: ApiClient): Promise<void> {
  await api.postFor('/v1/payout-runs', {}, z.unknown()).catch(() => undefined);
  const { items } = await api.get('/v1/payout-runs?limit=100', runs);
  expect(items.length).toBeGreaterThan(0);
  for (const { runId } of items) {
    const { status } = await api.postFor(
      `/v1/payout-runs/${runId}/schedule`,
      {},
      z.object({ status: z.string() }),
    );
    expect(status).toBe('scheduled');
    const { exports } = await api.postFor(
      `/v1/payout-runs/${runId}/export`,
      {},
      z.object({ exports: z.array(z.object({ totalCents: z.int() })) }),
    );
    expect(exports).toHaveLength(1);
    const totalCents = exports[0]?.totalCents ?? 0;
    await api.post(`/v1/payout-runs/${runId}/confirm`, { totalCents });
    await api.download(`/v1/payout-runs/${runId}/payment-file`);
  }
}

/** Every order of every partner, once, and numbers without a gap. */
async function expectPaidOnce(folder: string): Promise<void> {
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite'), readOnly: true });
  try {
    for (const partnerId of PARTNERS) {
      const events = await Array.fromAsync(store.readStream(streams.payouts(partnerId)));
      const payouts = payoutStates(events.map(readFact));
      const lines = payouts.flatMap((payout) => payout.lines);
      expect(payouts.map(({ status }) => status)).toEqual(payouts.map(() => 'paid'));
      expect(lines.map(({ orderId }) => orderId).sort()).toEqual(
        Array.from({ length: ORDERS_EACH }, (_, index) => `${partnerId}-${String(index)}`),
      );
      const numbers = payouts.flatMap((payout) => payout.documents.map(({ number }) => number));
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  } finally {
    await store.close();
  }
}
