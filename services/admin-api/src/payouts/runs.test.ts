import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { BUSINESS, GIVEN_AT, givePayoutDetails, PERSON } from '../../test/payouts.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { Answer, World } from '../../test/world.ts';

const DAY = 86_400_000;
/** Every commission of the tests is payable by then. */
const PAYDAY = NOW + 20 * DAY;

const MERCHANT = {
  legalName: 'Constructiebureau Van der Veen B.V.',
  street: 'Keizersgracht 1',
  postalCode: '1015 CN',
  city: 'Amsterdam',
  country: 'NL',
  vatId: 'NL853746333B01',
  registrationNumber: '12345678',
  email: 'administratie@example.nl',
  iban: 'NL39RABO0300065264',
  bic: null,
};

let world: World;

async function openMonth(overrides: Parameters<typeof openWorld>[0] = {}): Promise<void> {
  world = await openWorld(overrides);
  await openOffice(world);
  await must(world, 'PUT /v1/merchant', MERCHANT);
  await givePayoutDetails(world, 'woonblog');
  await givePayoutDetails(world, 'bouwtips', BUSINESS);
  await must(world, 'POST /v1/partners/bouwtips/self-billing', { agreedAt: GIVEN_AT });
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10'));
  await must(
    world,
    'POST /v1/orders',
    orderWith('BOUWTIPS10', { orderId: 'web-2', customer: { email: 'bram@example.nl' } }),
  );
  world.setNow(PAYDAY);
}

beforeEach(() => openMonth());
afterEach(() => world[Symbol.asyncDispose]());

let keys = 0;

/** Posts with an Idempotency-Key of its own. */
function post(
  path: string,
  body?: object,
  more: { key?: string; once?: string } = {},
): Promise<Answer> {
  keys += 1;
  const headers = { 'Idempotency-Key': more.once ?? `test-${String(keys)}` };
  const options = { headers, ...(body === undefined ? {} : { body }) };
  return world.call(
    `POST ${path}`,
    more.key === undefined ? options : { ...options, key: more.key },
  );
}

const runIn = (answer: Answer) => z.object({ runId: z.string() }).parse(answer.body).runId;

async function textAt(path: string): Promise<{ status: number; type: string; text: string }> {
  const response = await world.fetch(path, {
    headers: { Authorization: `Bearer ${world.adminKey}` },
  });
  const type = response.headers.get('Content-Type') ?? '';
  return { status: response.status, type, text: await response.text() };
}

const payoutsSchema = z.object({
  items: z.array(
    z.object({
      payoutId: z.string(),
      partnerId: z.string(),
      status: z.string(),
      totalCents: z.int(),
      documents: z.array(z.object({ documentId: z.string(), number: z.string() })),
    }),
  ),
});

async function payouts() {
  const { body } = await readNow(world, '/v1/payouts');
  return payoutsSchema.parse(body).items.sort((a, b) => (a.partnerId < b.partnerId ? -1 : 1));
}

describe('a month by the API', () => {
  test('preview, approve, export, confirm; and what each side reads of it', async () => {
    const preview = await world.call('GET /v1/payout-preview');
    expect(preview.body).toMatchObject({
      due: { payouts: 2, netCents: 20_000, vatCents: 2100, totalCents: 22_100 },
      blocked: { partners: 0 },
    });
    const partners = await world.call('GET /v1/payout-preview/partners?status=due&limit=1');
    expect(partners.body).toMatchObject({
      items: [{ partnerId: 'bouwtips', totalCents: 12_100, lines: [{ orderId: 'web-2' }] }],
    });

    const { fingerprint } = z.object({ fingerprint: z.string() }).parse(preview.body);
    const approved = await post('/v1/payout-runs', { fingerprint });
    expect(approved.body).toMatchObject({ status: 'scheduled', scheduled: { payouts: 2 } });
    const runId = runIn(approved);

    const exported = await post(`/v1/payout-runs/${runId}/export`);
    expect(exported.body).toMatchObject({
      exports: [{ attempt: 1, payouts: 2, totalCents: 22_100 }],
    });
    const file = await textAt(`/v1/payout-runs/${runId}/payment-file`);
    expect(file).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
    expect(file.text).toContain('<CtrlSum>221.00</CtrlSum>');
    expect(await textAt(`/v1/payout-runs/${runId}/payment-file`)).toEqual(file);
    const csv = await textAt(`/v1/payout-runs/${runId}/payouts.csv`);
    expect(csv.text.split('\r\n')).toHaveLength(4);

    const confirmed = await post(`/v1/payout-runs/${runId}/confirm`, { totalCents: 22_100 });
    expect(confirmed.body).toMatchObject({ paid: 2, failed: 0, unchanged: 0 });
    expect((await payouts()).map(({ status }) => status)).toEqual(['paid', 'paid']);
    const again = await post(`/v1/payout-runs/${runId}/confirm`, { totalCents: 22_100 });
    expect(again.body).toMatchObject({ paid: 0, unchanged: 2 });

    const key = await keyFor(world, ['partner'], 'woonblog');
    const mine = payoutsSchema.parse((await readNow(world, '/v1/me/payouts', key)).body).items;
    expect(mine).toMatchObject([{ status: 'paid', documents: [{ number: 'woonblog-S0001' }] }]);
    const pdf = await world.fetch(
      `/v1/me/documents/${String(mine[0]?.documents[0]?.documentId)}/pdf`,
      {
        headers: { Authorization: `Bearer ${key}` },
      },
    );
    expect(pdf.headers.get('Content-Type')).toBe('application/pdf');
    expect(new TextDecoder().decode((await pdf.arrayBuffer()).slice(0, 5))).toBe('%PDF-');
  });

  test('an invoice is there as PDF and as UBL, a statement as PDF only; each for its partner alone', async () => {
    const runId = runIn(await post('/v1/payout-runs', {}));
    await post(`/v1/payout-runs/${runId}/export`);
    const [invoiced, stated] = (await payouts()).map(
      ({ documents }) => documents[0]?.documentId ?? '',
    );
    const ubl = await textAt(`/v1/documents/${String(invoiced)}/ubl`);
    expect(ubl).toMatchObject({ status: 200, type: 'application/xml; charset=utf-8' });
    expect(ubl.text).toContain('bouwtips-0001');
    expect((await textAt(`/v1/documents/${String(stated)}/ubl`)).status).toBe(404);
    const key = await keyFor(world, ['partner'], 'woonblog');
    const foreign = await world.call(`GET /v1/me/documents/${String(invoiced)}/pdf`, { key });
    expect(foreign.status).toBe(404);
    expect((await world.call(`GET /v1/payout-runs/${runId}`, { key })).status).toBe(403);
  });
});

describe('an approval', () => {
  test('needs an Idempotency-Key, and repeats with it', async () => {
    expect((await world.call('POST /v1/payout-runs', { body: {} })).body).toMatchObject({
      code: 'idempotency_key_missing',
    });
    const first = await post('/v1/payout-runs', {}, { once: 'march' });
    const again = await post('/v1/payout-runs', {}, { once: 'march' });
    expect(runIn(again)).toBe(runIn(first));
    const other = await post('/v1/payout-runs', { currency: 'USD' }, { once: 'march' });
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
    expect(await payouts()).toHaveLength(2);
  });

  test.for<[string, object, number, string]>([
    ['an outdated fingerprint', { fingerprint: 'f'.repeat(64) }, 409, 'payout_plan_changed'],
    ['a cut-off in the future', { cutOff: '2030-01-01T00:00:00Z' }, 400, 'invalid_request'],
    ['a currency nobody earns in', { currency: 'USD' }, 409, 'nothing_due'],
    ['a currency that is none', { currency: 'euro' }, 400, 'invalid_request'],
    ['a partner who isn’t due', { partnerIds: ['nobody'] }, 409, 'nothing_due'],
    ['a field that isn’t known', { amount: 5 }, 400, 'invalid_request'],
  ])('with %s is refused', async ([, body, status, code]) => {
    expect(await post('/v1/payout-runs', body)).toMatchObject({ status, body: { code } });
    expect(await payouts()).toEqual([]);
  });
});

test('two people approve where the office wants it so', async () => {
  await world[Symbol.asyncDispose]();
  await openMonth({ payoutPolicy: { approvalsRequired: 2 } });
  const opened = await post('/v1/payout-runs', {});
  expect(opened.body).toMatchObject({ status: 'awaiting_approval', approvalsRequired: 2 });
  const runId = runIn(opened);
  expect(await post(`/v1/payout-runs/${runId}/approve`)).toMatchObject({
    status: 409,
    body: { code: 'second_person_needed' },
  });
  expect((await post('/v1/payout-runs', {})).body).toMatchObject({ code: 'payout_run_open' });
  const key = await keyFor(world, ['finance']);
  expect((await post(`/v1/payout-runs/${runId}/approve`, undefined, { key })).body).toMatchObject({
    status: 'scheduled',
  });
});

test('who was approved and isn’t paid is told with the reason', async () => {
  await world[Symbol.asyncDispose]();
  await openMonth({ payoutPolicy: { approvalsRequired: 2 } });
  const runId = runIn(await post('/v1/payout-runs', {}));
  await must(world, 'POST /v1/partners/woonblog/suspend', { reason: 'looked into' });
  const key = await keyFor(world, ['finance']);
  const approved = await post(`/v1/payout-runs/${runId}/approve`, undefined, { key });
  expect(approved.body).toMatchObject({ scheduled: { payouts: 1 }, skipped: 1 });
  const skipped = { runId, partnerId: 'woonblog', amountCents: 10_000, reason: 'suspended' };
  for (const query of [`runId=${runId}`, 'partnerId=woonblog']) {
    const { body } = await readNow(world, `/v1/skipped-payouts?${query}`, key);
    expect(body).toMatchObject({
      items: [{ ...skipped, text: 'The partner was suspended after the approval.' }],
    });
  }
  const { body } = await readNow(world, '/v1/skipped-payouts?partnerId=bouwtips', key);
  expect(body).toMatchObject({ items: [] });
});

describe('what goes wrong is told', () => {
  test.for<[string, string, object | undefined, number, string]>([
    ['an unknown run', '/v1/payout-runs/run-nothing/export', undefined, 404, 'not_found'],
    [
      'the sum of another run',
      '/v1/payout-runs/RUN/confirm',
      { totalCents: 22_101 },
      409,
      'amount_mismatch',
    ],
    [
      'a cancellation of what the bank may carry out',
      '/v1/payout-runs/RUN/cancel',
      { reason: 'wrong' },
      409,
      'payout_state',
    ],
    [
      'another execution date',
      '/v1/payout-runs/RUN/export',
      { executionDate: '2026-12-24' },
      409,
      'execution_date',
    ],
  ])('%s', async ([, path, body, status, code]) => {
    const runId = runIn(await post('/v1/payout-runs', {}));
    await post(`/v1/payout-runs/${runId}/export`);
    const answer = await post(path.replace('RUN', runId), body);
    expect(answer).toMatchObject({ status, body: { code } });
  });

  test('every wrong confirmation by its place, and nothing is recorded', async () => {
    const runId = runIn(await post('/v1/payout-runs', {}));
    await post(`/v1/payout-runs/${runId}/export`);
    const [one, two] = await payouts();
    const paid = { outcome: 'paid', currency: 'EUR' };
    const answer = await post('/v1/payout-confirmations', {
      payouts: [
        { ...paid, payoutId: one?.payoutId, amountCents: 12_100 },
        { ...paid, payoutId: two?.payoutId, amountCents: 9999 },
        { ...paid, payoutId: '0'.repeat(32), amountCents: 1 },
      ],
    });
    expect(answer).toMatchObject({
      status: 422,
      body: {
        code: 'bank_file_refused',
        errors: [{ path: '/payouts/1' }, { path: '/payouts/2' }],
      },
    });
    expect((await payouts()).map(({ status }) => status)).toEqual(['exported', 'exported']);
  });

  test('a bank file with a mistake by its line, and one without is recorded', async () => {
    const runId = runIn(await post('/v1/payout-runs', {}));
    await post(`/v1/payout-runs/${runId}/export`);
    const [one, two] = await payouts();
    const send = async (...rows: string[]) => {
      const response = await world.fetch('/v1/bank-files', {
        method: 'POST',
        headers: { Authorization: `Bearer ${world.adminKey}`, 'Content-Type': 'text/csv' },
        body: ['payout_id,status,amount,currency,date,reason', ...rows, ''].join('\n'),
      });
      return { status: response.status, body: await response.json() };
    };
    const good = `${String(one?.payoutId)},paid,121.00,EUR,2026-03-30,`;
    const bad = `${String(two?.payoutId)},paid,"100,00",EUR,2026-03-30,`;
    expect(await send(good, bad)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'line 3' }] },
    });
    const failed = `${String(two?.payoutId)},failed,100.00,EUR,2026-03-30,AC04`;
    expect(await send(good, failed)).toMatchObject({
      status: 200,
      body: { paid: 1, failed: 1, format: 'csv' },
    });
    expect((await payouts()).map(({ status }) => status)).toEqual(['paid', 'failed']);
    // A month's worth is larger than other requests may be.
    const many = Array.from({ length: 20_000 }, () => good.replace(/^\w+/, '0'.repeat(32)));
    expect(await send(...many)).toMatchObject({ status: 422 });
  });

  test('no merchant, no file; and no name or account of a partner is logged', async () => {
    await world[Symbol.asyncDispose]();
    world = await openWorld();
    await openOffice(world);
    await givePayoutDetails(world, 'woonblog');
    await must(world, 'POST /v1/orders', orderWith('WOONBLOG10'));
    world.setNow(PAYDAY);
    const runId = runIn(await post('/v1/payout-runs', {}));
    expect(await post(`/v1/payout-runs/${runId}/export`)).toMatchObject({
      status: 409,
      body: { code: 'merchant_unknown' },
    });
    expect(JSON.stringify(world.logged)).not.toMatch(/NL91ABNA|de Vries/);
    expect(PERSON.accountHolder).toContain('de Vries');
  });
});

test('a run is cancelled as a whole, and its money is due again', async () => {
  const runId = runIn(await post('/v1/payout-runs', {}));
  const cancelled = await post(`/v1/payout-runs/${runId}/cancel`, { reason: 'wrong month' });
  expect(cancelled.status).toBe(200);
  expect((await payouts()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled']);
  expect((await world.call('GET /v1/payout-preview')).body).toMatchObject({ due: { payouts: 2 } });
});

test('one payout is cancelled, and credited where its invoice was out', async () => {
  const runId = runIn(await post('/v1/payout-runs', {}));
  await post(`/v1/payout-runs/${runId}/export`);
  const [invoiced] = await payouts();
  const cancel = { reason: 'wrong account', notSentToBank: true };
  const answer = await post(`/v1/payouts/${String(invoiced?.payoutId)}/cancel`, cancel);
  expect(answer.body).toMatchObject({
    status: 'cancelled',
    documents: [{ number: 'bouwtips-0001' }, { number: 'bouwtips-0002', kind: 'credit_note' }],
  });
  const outdated = await textAt(`/v1/payout-runs/${runId}/payment-file`);
  expect(outdated.status).toBe(409);
});
