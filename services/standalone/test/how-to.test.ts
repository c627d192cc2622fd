import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createClient, type Client } from '@provisie/client';
import { expect, onTestFinished, test } from 'vitest';
import { commandsOf, hasCurl, typed } from './pages.ts';
import { provisie, serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number) => new Date(Date.now() - days * DAY_MS).toISOString();
const DETAILS_OF_BOUWTIPS = {
  accountHolder: 'Bouwtips B.V.',
  iban: 'DE89370400440532013000',
  taxProfile: 'nl_business' as const,
  vatId: 'NL853746333B01',
  street: 'Markt 1',
  postalCode: '2611 GP',
  city: 'Delft',
  country: 'NL',
};

test.runIf(hasCurl)(
  'a month is closed, and a partner answered, with the pages’ commands',
  async () => {
    const folder = temporaryFolder();
    const server = await serverProcess(folder, {
      PROVISIE_PAYOUT_APPROVALS: '2',
      PROVISIE_PAYOUT_COOLING_HOURS: '0',
    });
    onTestFinished(() => void server.stop('SIGKILL'));
    const api = createClient({ baseUrl: server.url, key: server.firstAdminKey ?? '' });
    await openMonth(api);
    const keys = {
      PROVISIE: server.url,
      FINANCE: await financeKey(api, 'Anna'),
      SECOND: await financeKey(api, 'Bram'),
    };

    const month = typed(commandsOf('how-to/close-a-month.md'), keys, folder);
    expect({ stderr: month.stderr, status: month.status }).toEqual({ stderr: '', status: 0 });
    expect(month.stdout).not.toContain('urn:provisie:problem');
    expect(month.stdout).toContain('"due":{"payouts":2,"netCents":30000,"vatCents":6300');
    expect(month.stdout).toContain('"reason":"no_payout_details"');
    expect(month.stdout).toContain('{"paid":0,"failed":1,');
    expect(month.stdout).toContain('{"paid":1,"failed":0,');
    expect(month.stdout).toContain('"status":"abandoned"');
    const files = /"runId":"(run-\w+)"/.exec(month.stdout)?.[1] ?? '';
    expect(readFileSync(join(folder, `${files}.xml`), 'utf8')).toContain(`${files}-2</MsgId>`);
    expect(readFileSync(join(folder, `${files}.csv`), 'utf8')).toContain('bouwtips-0001');

    const then = new Date().toISOString();
    const refund = { refundId: 'r1', amountCents: 40_000 };
    const { position } = await api.post('/v1/orders/{orderId}/refunds', {
      path: { orderId: '1001' },
      body: refund,
    });
    await api.get('/v1/balances', { query: { waitFor: position } });
    const page = commandsOf('how-to/answer-a-partner.md').replace('2026-03-31T22:00:00Z', then);
    const answer = typed(page, keys, folder);
    expect({ stderr: answer.stderr, status: answer.status }).toEqual({ stderr: '', status: 0 });
    expect(answer.stdout).not.toContain('urn:provisie:problem');
    expect(answer.stdout).toContain('Order 1001: refunded, to be taken back');
    expect(answer.stdout).toContain('10.00 % of €600.00 = €60.00');
    expect(readFileSync(join(folder, 'document.pdf'), 'latin1')).toMatch(/^%PDF/);

    await server.stop('SIGTERM');
    expect(await provisie(['--data', folder, 'verify'])).toMatchObject({ exitCode: 0 });
  },
);

test.runIf(hasCurl)('a shop is connected with the page’s commands', async () => {
  const folder = temporaryFolder();
  const server = await serverProcess(folder);
  onTestFinished(() => void server.stop('SIGKILL'));
  const ADMIN = server.firstAdminKey ?? '';
  await openProgramme(createClient({ baseUrl: server.url, key: ADMIN }), '2026-01-01T00:00:00Z');

  const page = commandsOf('how-to/connect-a-shop.md');
  const shop = typed(page, { PROVISIE: server.url, ADMIN }, folder);
  expect({ stderr: shop.stderr, status: shop.status }).toEqual({ stderr: '', status: 0 });
  expect(shop.stdout).not.toContain('urn:provisie:problem');
  expect(shop.stdout).toContain('"completedAt":"2026-03-20T15:00:00.000Z"');
  expect(shop.stdout).toContain('10.00 % of €695.00 = €69.50');
});

test.runIf(hasCurl)('a programme is run with the page’s commands', async () => {
  const folder = temporaryFolder();
  const server = await serverProcess(folder);
  onTestFinished(() => void server.stop('SIGKILL'));
  const environment = { PROVISIE: server.url, ADMIN: server.firstAdminKey ?? '' };
  const { stderr, status, stdout } = typed(
    commandsOf('how-to/run-a-programme.md'),
    environment,
    folder,
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).not.toContain('urn:provisie:problem');
  expect(stdout).toContain('"termsVersion":2,"effectiveFrom":"2039-12-31T23:00:00.000Z"');
  expect(stdout).toContain('10.00 % of €1,200.00 = €120.00');
  expect(stdout).toContain('"status":"suspended"');
});

test.runIf(hasCurl)('a partner checks earnings with the page’s commands', async () => {
  const folder = temporaryFolder();
  const server = await serverProcess(folder);
  onTestFinished(() => void server.stop('SIGKILL'));
  const api = createClient({ baseUrl: server.url, key: server.firstAdminKey ?? '' });
  await openProgramme(api, '2026-01-01T00:00:00Z');
  const { position } = await api.post('/v1/orders', {
    body: {
      orderId: '1001',
      placedAt: '2026-02-01T10:00:00Z',
      customer: { email: 'anna@example.nl' },
      currency: 'EUR',
      lines: [{ lineId: '1', amountCents: 89_500 }],
      couponCodes: ['WOONBLOG10'],
    },
  });
  await api.get('/v1/balances', { query: { waitFor: position } });
  const { secret } = await api.post('/v1/keys', {
    body: { label: 'Woonblog', scopes: ['partner'], partnerId: 'woonblog' },
  });

  const page = commandsOf('how-to/check-your-earnings.md');
  const { stderr, status, stdout } = typed(
    page,
    { PROVISIE: server.url, PARTNER: secret ?? '' },
    folder,
  );
  expect({ stderr, status }).toEqual({ stderr: '', status: 0 });
  expect(stdout).not.toContain('urn:provisie:problem');
  expect(stdout).toContain('"commissionCents":8950');
  expect(stdout).toContain('"payableCents":8950');
  expect(stdout).toContain('"iban":"NL•• •••• •••• ••52 64"');
});

/** One partner, with a coupon. */
async function openProgramme(api: Client, openedAt: string): Promise<void> {
  const hosts = ['shop.example'];
  const programme = { programmeId: 'affiliate', name: 'Affiliates', hosts, openedAt };
  await api.post('/v1/programmes', { body: programme });
  await addPartner(api, {
    partnerId: 'woonblog',
    name: 'Het Woonblog',
    code: 'WOONBLOG10',
    openedAt,
  });
}

interface Partner {
  readonly partnerId: string;
  readonly name: string;
  readonly code: string;
  readonly openedAt: string;
}

async function addPartner(
  api: Client,
  { partnerId, name, code, openedAt }: Partner,
): Promise<void> {
  const profile = { name, email: `post@${partnerId}.example` };
  await api.post('/v1/partners', { body: { partnerId, profile, appliedAt: openedAt } });
  const approval = { path: { partnerId }, body: { approvedAt: openedAt } };
  await api.post('/v1/partners/{partnerId}/approve', approval);
  const coupon = { code, programmeId: 'affiliate', partnerId, issuedAt: openedAt };
  await api.post('/v1/coupons', { body: coupon });
}

/** The month that the page closes: two partners are due once the page has given one of them an account, one is blocked. */
async function openMonth(api: Client): Promise<void> {
  const openedAt = daysAgo(90);
  const hosts = ['shop.example'];
  const programme = { programmeId: 'affiliate', name: 'Affiliates', hosts, openedAt };
  await api.post('/v1/programmes', { body: programme });
  const sales = { woonblog: 100_000, bouwtips: 200_000, naamloos: 70_000 };
  for (const [index, [partnerId, amountCents]] of Object.entries(sales).entries()) {
    const code = partnerId.toUpperCase();
    await addPartner(api, { partnerId, name: partnerId, code, openedAt });
    await api.post('/v1/orders', {
      body: {
        orderId: String(1001 + index),
        placedAt: daysAgo(40),
        customer: { email: `${partnerId}@customer.example` },
        currency: 'EUR',
        lines: [{ lineId: '1', amountCents }],
        couponCodes: [code],
      },
    });
  }
  const path = { partnerId: 'bouwtips' };
  await api.put('/v1/partners/{partnerId}/payout-details', { path, body: DETAILS_OF_BOUWTIPS });
  const agreement = { agreement: 'self-billing-1' };
  await api.post('/v1/partners/{partnerId}/self-billing', { path, body: agreement });
}

async function financeKey(api: Client, label: string): Promise<string> {
  const { secret } = await api.post('/v1/keys', { body: { label, scopes: ['finance'] } });
  return secret ?? '';
}

if (!hasCurl) console.log('skipped the how-to pages: they need curl');
