import { snippetSource } from '@provisie/snippet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTrackedShop } from '../test/tracked-shop.ts';
import type { TrackedShop } from '../test/tracked-shop.ts';

let shop: TrackedShop;
beforeAll(async () => {
  const consent = { default: 'exempt' as const, countries: { FR: 'required' as const } };
  shop = await openTrackedShop({ terms: { windowDays: 30, consent } });
});
afterAll(() => shop[Symbol.asyncDispose]());

const get = (path: string, headers: Record<string, string> = {}) =>
  shop.app.request(`https://track.shop.nl${path}`, { headers });

test('the snippet is served as it is, to be kept and asked about again', async () => {
  const response = await get('/t.js');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('public, max-age=3600');
  expect(await response.text()).toBe(snippetSource());
  const again = await get('/t.js', { 'if-none-match': response.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe('');
});

test('it travels compressed, and is known again all the same', async () => {
  const response = await get('/t.js', { 'accept-encoding': 'gzip, br' });
  expect(response.headers.get('content-encoding')).toBe('gzip');
  const wire = await response.arrayBuffer();
  expect(wire.byteLength).toBeLessThanOrEqual(1020);
  const etag = response.headers.get('etag') ?? '';
  const again = await get('/t.js', { 'accept-encoding': 'gzip, br', 'if-none-match': etag });
  expect(again.status).toBe(304);
});

test.each([
  ['NL', 'exempt'],
  ['FR', 'required'],
] as const)("it brings the programme's terms for %s: %s", async (country, consent) => {
  const response = await get('/t.js?programme=affiliate', { 'cf-ipcountry': country });
  expect(response.headers.get('cache-control')).toBe('private, max-age=600');
  expect(await response.text()).toBe(snippetSource({ consent, days: 30 }));
});

test('of a programme that is not known it says so', async () => {
  const response = await get('/t.js?programme=elders');
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ code: 'unknown_programme' });
});
