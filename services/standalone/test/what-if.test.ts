import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient } from '@provisie/client';
import { describe, expect, onTestFinished, test } from 'vitest';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const OPENED = '2026-01-01T00:00:00Z';

/** A partner with a coupon, two orders with it of one customer, and a server that still runs. */
async function openOffice(): Promise<string> {
  const folder = temporaryFolder();
  const server = await serverProcess(folder);
  onTestFinished(() => void server.stop('SIGKILL'));
  const api = createClient({ baseUrl: server.url, key: server.firstAdminKey ?? '' });
  const whose = { programmeId: 'affiliate', partnerId: 'woonblog' };
  const { programmeId, partnerId } = whose;
  const hosts = ['shop.example'];
  const programme = { programmeId, name: 'Affiliates', hosts, openedAt: OPENED };
  await api.post('/v1/programmes', { body: programme });
  const profile = { name: 'Woonblog', email: 'post@woonblog.example' };
  await api.post('/v1/partners', { body: { partnerId, profile, appliedAt: OPENED } });
  const approval = { path: { partnerId }, body: { approvedAt: OPENED } };
  await api.post('/v1/partners/{partnerId}/approve', approval);
  await api.post('/v1/coupons', { body: { ...whose, code: 'WOONBLOG10', issuedAt: OPENED } });
  let position = 0;
  for (const [orderId, placedAt] of Object.entries({
    1001: '2026-02-01T10:00:00Z',
    1002: '2026-03-01T10:00:00Z',
  })) {
    const order = {
      orderId,
      placedAt,
      customer: { email: 'anna@example.nl' },
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: 89_500 }],
      couponCodes: ['WOONBLOG10'],
    };
    ({ position } = await api.post('/v1/orders', { body: order }));
  }
  await api.get('/v1/balances', { query: { waitFor: position } });
  return folder;
}

const everyOrder = {
  reward: { kind: 'percentage', rateBps: 500, scope: { orders: 'every_order' } },
};

function termsFile(folder: string, text: string): string {
  const file = join(folder, 'terms.json');
  writeFileSync(file, text);
  return file;
}

test('other terms are tried while a server runs, and change nothing', async () => {
  const folder = await openOffice();
  const file = termsFile(folder, JSON.stringify(everyOrder));
  const ask = (...options: readonly string[]) =>
    provisie(['--data', folder, 'what-if', 'affiliate', file, ...options]);
  const before = await provisie(['--data', folder, 'verify']);

  const { exitCode, stdout } = await ask();
  expect(exitCode).toBe(0);
  expect(stdout).toContain('Orders placed from 2026-01-01T00:00:00.000Z on, under other terms of');
  expect(stdout).toContain('"rateBps":500,"scope":{"orders":"every_order"}} instead of');
  expect(stdout).toMatch(/^woonblog +1 +2 +€89\.50 +€89\.50 +€0\.00$/m);
  expect(stdout).toMatch(/^all +1 +2 +€89\.50 +€89\.50 +€0\.00$/m);
  expect(stdout).toContain('2 orders differ (--orders lists them).');

  const orders = await ask('--orders', '--from', '2026-02-15');
  expect(orders.stdout).toMatch(
    /^ *1002 +2026-03-01T10:00:00\.000Z +nobody +woonblog +€0\.00 +€44\.75$/m,
  );
  expect(orders.stdout).not.toContain('1001');

  const lines = await ask('--json', '--to', '2026-02-28');
  expect(JSON.parse(lines.stdout)).toEqual({
    partnerId: 'woonblog',
    currency: 'EUR',
    published: { orders: 1, commissionCents: 8950 },
    supposed: { orders: 1, commissionCents: 4475 },
  });
  expect((await provisie(['--data', folder, 'verify'])).stdout).toBe(before.stdout);
}, 60_000);

describe('what can’t be asked is told in words', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a term that there isn’t', '{"hold": 3}', [], 'Unrecognized key: "hold"'],
    ['a value that doesn’t fit', '{"windowDays": "30"}', [], 'at windowDays'],
    ['text that is no JSON', 'windowDays: 30', [], 'terms.json is no JSON'],
    [
      'a period that ends before it begins',
      '{}',
      ['--from', '2026-03-01', '--to', '2026-02-01'],
      '--to: 2026-02-01 is before --from 2026-03-01',
    ],
    [
      'a day that there isn’t',
      '{}',
      ['--from', '2026-02-30'],
      '--from: "2026-02-30" is neither a day',
    ],
    ['of a folder without data', '{}', [], 'There is no data in'],
  ])('%s', async (_, terms, options, message) => {
    const folder = temporaryFolder();
    const file = termsFile(folder, terms);
    const { exitCode, stdout, stderr } = await provisie([
      '--data',
      folder,
      'what-if',
      'affiliate',
      file,
      ...options,
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(message);
    expect(stdout + stderr).not.toMatch(/^\s+at .*:\d+/m);
  });
});
