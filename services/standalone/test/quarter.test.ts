import { join } from 'node:path';
import { createClient } from '@provisie/client';
import { createLogger } from '@provisie/process';
import { beforeAll, afterAll, describe, expect, test } from 'vitest';
import { readConfig } from '../src/config.ts';
import { withReadModel } from '../src/installation.ts';
import { partnerResults } from '../src/demo/partner-table.ts';
import { caughtUp, runSampleQuarter, type SampleQuarter } from '../src/demo/run-demo.ts';
import type { Terms } from '@provisie/domain';
import { verify, whatIf, type Earned, type OrderDifference } from '@provisie/read-model';
import { expectedResult, setupWith } from './oracle/expected.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const silent = { update: () => undefined, stop: () => undefined };
const folder = mkdtempSync(join(tmpdir(), 'provisie-quarter-'));
const config = readConfig({
  PORT: '0',
  PROVISIE_DATA_DIR: folder,
  PROVISIE_REQUESTS_PER_MINUTE: '1000000',
});
const expected = expectedResult();
let quarter: SampleQuarter;

beforeAll(async () => {
  quarter = await runSampleQuarter(config, createLogger('warn'), {
    say: () => undefined,
    progress: () => silent,
  });
  await caughtUp(quarter.server);
}, 120_000);

afterAll(async () => {
  await quarter.server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the sample quarter through the real system is what the second computation says', () => {
  test('for every partner, to the cent', async () => {
    const results = await partnerResults(quarter.api, quarter.setup);
    const byPartner = Object.fromEntries(
      results.map(({ partnerId, ...result }) => [partnerId, result]),
    );
    expect(byPartner).toEqual(Object.fromEntries(expected.partners));
  });

  test('for every order: who brought it and what it earned', async () => {
    const { readModel } = quarter.server.provisie;
    const wrong: unknown[] = [];
    for (const { id, cancelled } of expected.orders) {
      if (cancelled) continue;
      const decision = await readModel.decision(id);
      const partnerId = decision?.award?.partnerId ?? null;
      const amountCents = decision?.commission?.amountCents ?? 0;
      const award = expected.awards.get(id) ?? { partnerId: null, amountCents: 0 };
      if (partnerId !== award.partnerId || amountCents !== award.amountCents) {
        wrong.push({ id, expected: award, actual: { partnerId, amountCents }, decision });
      }
    }
    expect(wrong).toEqual([]);
  });

  test('every click of a person once', () => {
    expect(quarter.log).toMatchObject({ recorded: expected.clicks.length, alreadyKnown: 0 });
  });
});

describe('what would have been earned under other terms is what the second computation says', () => {
  test.each<[string, Partial<Terms>]>([
    ['a third of the window', { windowDays: 30 }],
    ['links before coupons', { precedence: 'link' }],
    [
      'more, for every order',
      { reward: { kind: 'percentage', rateBps: 1250, scope: { orders: 'every_order' } } },
    ],
    [
      'a fixed amount, links first, within ten days',
      {
        reward: { kind: 'fixed', amountCents: 2500, scope: { orders: 'first_n_orders', count: 2 } },
        windowDays: 10,
        precedence: 'link',
      },
    ],
  ])('%s', async (_, changes) => {
    const { store } = quarter.server.provisie;
    const supposed = new Map(earningOrders(expected.awards));
    const onOrder = (order: OrderDifference) => {
      if (order.supposed === null) supposed.delete(order.orderId);
      else supposed.set(order.orderId, pick(order.supposed));
    };
    await whatIf({ store, programmeId: 'affiliate', changes, onOrder });
    const { awards } = expectedResult(setupWith('affiliate', changes));
    expect(Object.fromEntries(supposed)).toEqual(Object.fromEntries(earningOrders(awards)));
  });

  function earningOrders(awards: typeof expected.awards) {
    return [...awards].filter(([, { amountCents }]) => amountCents > 0);
  }

  function pick({ partnerId, amountCents }: Earned) {
    return { partnerId, amountCents };
  }
});

test('the read model is what a rebuild from the log makes', async () => {
  const { store } = quarter.server.provisie;
  const report = await withReadModel(config.stores, ({ database }) => verify({ store, database }));
  expect(report.tables.filter(({ equal }) => !equal)).toEqual([]);
  expect(report).toMatchObject({ ok: true, ledgerViolations: [] });
});

test('a partner sees through the API what is its own', async () => {
  const { api, server } = quarter;
  const { secret } = await api.post('/v1/keys', {
    body: { label: 'test', scopes: ['partner'], partnerId: 'duurzaamdak' },
  });
  const partner = createClient({ baseUrl: server.url, key: secret ?? '' });
  const { balances } = await partner.get('/v1/me/balance');
  expect(balances.map(({ partnerId }) => partnerId)).toEqual(['duurzaamdak']);
  await expect(partner.get('/v1/balances')).rejects.toMatchObject({ status: 403 });
});
