import { createClient, type Client } from '@provisie/client';
import { streams, payoutStates } from '@provisie/domain';
import { readFact } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { z } from 'zod';
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
  const api = createClient({ baseUrl: server.url, key: accessKey });
  await finish(api);
  const preview = await api.get('/v1/payout-preview');
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
  const api = createClient({ baseUrl: server.url, key: accessKey });
  await api.put('/v1/merchant', { body: SAMPLE_MERCHANT });
  const [first] = officeSetup().programmes;
  if (first === undefined) throw new Error('the sample has no programme');
  await api.post('/v1/programmes', { body: { ...first, openedAt: SINCE } });
  for (const partnerId of PARTNERS) {
    const path = { partnerId };
    const profile = { name: partnerId, email: `info@${partnerId}.example` };
    await api.post('/v1/partners', { body: { partnerId, profile, appliedAt: SINCE } });
    await api.post('/v1/partners/{partnerId}/approve', { path, body: { approvedAt: SINCE } });
    const details = { ...payeeOf(partnerId), changedAt: SINCE };
    await api.put('/v1/partners/{partnerId}/payout-details', { path, body: details });
    await api.post('/v1/partners/{partnerId}/self-billing', { path, body: { agreedAt: SINCE } });
    const coupon = { code: couponOf(partnerId), partnerId, programmeId: 'affiliate' };
    await api.post('/v1/coupons', { body: { ...coupon, issuedAt: SINCE } });
  }
  await Promise.all(
    PARTNERS.flatMap((partnerId) =>
      Array.from({ length: ORDERS_EACH }, (_, index) =>
        api.post('/v1/orders', {
          body: {
            orderId: `${partnerId}-${String(index)}`,
            placedAt: '2026-02-01T10:00:00.000Z',
            customer: { email: `${partnerId}-${String(index)}@post.example` },
            currency: 'EUR',
            lines: [{ lineId: '1', amountCents: 100_000 + index }],
            couponCodes: [couponOf(partnerId)],
          },
        }),
      ),
    ),
  );
  expect((await server.stop('SIGTERM')).exitCode).toBe(0);
  return accessKey;
}

const couponOf = (partnerId: string) => partnerId.toUpperCase();

function payeeOf(partnerId: string) {
  const payee = SAMPLE_PAYEES[partnerId];
  if (payee === undefined) throw new Error(`the sample has no payee ${partnerId}`);
  return payee;
}

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

async function finish(api: Client): Promise<void> {
  await api.post('/v1/payout-runs', { body: {} }).catch(() => undefined);
  const { items } = await api.get('/v1/payout-runs', { query: { limit: 100 } });
  expect(items.length).toBeGreaterThan(0);
  for (const { runId } of items) {
    const path = { runId };
    const { status } = await api.post('/v1/payout-runs/{runId}/schedule', { path });
    expect(status).toBe('scheduled');
    const { exports } = await api.post('/v1/payout-runs/{runId}/export', { path });
    expect(exports).toHaveLength(1);
    const totalCents = exports[0]?.totalCents ?? 0;
    await api.post('/v1/payout-runs/{runId}/confirm', { path, body: { totalCents } });
    await api.file('/v1/payout-runs/{runId}/payment-file', { path });
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
