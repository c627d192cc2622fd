import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { keyFor, must, openOffice, orderWith, readNow } from '../../test/office.ts';
import { NOW, openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

const HEADER =
  'entry_id,recorded_at,effective_at,account,partner_id,order_id,payout_id,currency,debit,credit,cause_event_id,cause_position';
const LATER = NOW + 3_600_000;

let world: World;

beforeEach(async () => {
  world = await openWorld();
  await openOffice(world);
  await must(world, 'POST /v1/orders', orderWith('WOONBLOG10'));
  world.setNow(LATER);
  const second = { orderId: 'web-2', customer: { email: 'bram@example.nl' } };
  await must(world, 'POST /v1/orders', orderWith('BOUWTIPS10', second));
  await readNow(world, '/v1/journal');
});
afterEach(() => world[Symbol.asyncDispose]());

async function file(query = '', key = world.adminKey) {
  const headers = { Authorization: `Bearer ${key}` };
  const response = await world.fetch(`/v1/journal.csv${query}`, { headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const rowsOf = (text: string) => text.trimEnd().split('\r\n');
const cents = (amount: string | undefined) => Math.round(Number(amount ?? '0') * 100);

test('every line of the ledger is a row, and debits are credits', async () => {
  const { status, headers, text } = await file();
  expect(status).toBe(200);
  expect(headers.get('Content-Type')).toBe('text/csv; charset=utf-8');
  expect(headers.get('Content-Disposition')).toBe('attachment; filename="journal.csv"');
  const [header, ...rows] = rowsOf(text);
  expect(header).toBe(HEADER);
  const cells = rows.map((row) => row.split(','));
  expect(new Set(cells.map((row) => row[5]))).toEqual(new Set(['web-1', 'web-2']));
  const debit = cells.reduce((sum, row) => sum + cents(row[8]), 0);
  expect(debit).toBeGreaterThanOrEqual(20_000);
  expect(cells.reduce((sum, row) => sum + cents(row[9]), 0)).toBe(debit);
});

test('periods that adjoin add up to the whole', async () => {
  const moment = new Date(LATER).toISOString();
  const [header, ...all] = rowsOf((await file()).text);
  const [, ...before] = rowsOf((await file(`?to=${moment}`)).text);
  const [, ...since] = rowsOf((await file(`?from=${moment}`)).text);
  expect([header, ...before, ...since]).toEqual([header, ...all]);
  expect(before.every((row) => row.includes('web-1'))).toBe(true);
  expect(since.every((row) => row.includes('web-2'))).toBe(true);
  expect([before.length, since.length]).not.toContain(0);
});

describe('who may, and what is refused', () => {
  test('finance may, a partner may not', async () => {
    expect((await file('', await keyFor(world, ['finance']))).status).toBe(200);
    expect((await file('', await keyFor(world, ['partner'], 'woonblog'))).status).toBe(403);
  });

  test('a moment without an offset', async () => {
    const { status, text } = await file('?from=2026-03-01T00:00:00');
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ path: 'query/from' }] });
  });
});
