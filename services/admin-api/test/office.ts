import { DEFAULT_TERMS } from '@provisie/domain';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Answer, World } from './world.ts';

/** When the office moved in. */
const SINCE = '2026-01-01T00:00:00.000Z';

/** A programme with the first terms, and two approved partners with a link and a coupon each. */
export async function openOffice(world: World): Promise<void> {
  await must(world, 'POST /v1/programmes', {
    programmeId: 'affiliate',
    name: 'Affiliates',
    hosts: ['www.example.nl'],
    openedAt: SINCE,
    terms: DEFAULT_TERMS,
  });
  await addPartner(world, 'woonblog');
  await addPartner(world, 'bouwtips');
}

/** `woonblog` gets the link `woonblog` and the coupon `WOONBLOG10`. */
export async function addPartner(world: World, partnerId: string): Promise<void> {
  await must(world, 'POST /v1/partners', {
    partnerId,
    profile: { name: `Name of ${partnerId}`, email: `redactie@${partnerId}.example` },
    appliedAt: SINCE,
  });
  await must(world, `POST /v1/partners/${partnerId}/approve`, { approvedAt: SINCE });
  const theirs = { programmeId: 'affiliate', partnerId };
  await must(world, 'POST /v1/links', {
    ...theirs,
    code: partnerId,
    destination: 'https://www.example.nl/aanbouw',
    createdAt: SINCE,
  });
  const code = `${partnerId.toUpperCase()}10`;
  await must(world, 'POST /v1/coupons', { ...theirs, code, issuedAt: SINCE });
}

/** What a shop reports of an order placed with a coupon, `placedAt` 1 March unless told otherwise. */
export function orderWith(couponCode: string, order: Readonly<Record<string, unknown>> = {}) {
  return {
    orderId: 'web-1',
    placedAt: '2026-03-01T10:00:00.000Z',
    customer: { email: 'anna@example.nl' },
    currency: 'EUR',
    lines: [{ lineId: '1', amountCents: 100_000 }],
    couponCodes: [couponCode],
    ...order,
  };
}

/** Issues a key and gives its secret. */
export async function keyFor(
  world: World,
  scopes: readonly string[],
  partnerId?: string,
): Promise<string> {
  const label = `${scopes.join(' ')} ${partnerId ?? ''}`;
  const answer = await world.call('POST /v1/keys', {
    body: { label, scopes, ...(partnerId === undefined ? {} : { partnerId }) },
    headers: { 'Idempotency-Key': label.replaceAll(' ', '-') },
  });
  expect(answer.status).toBe(201);
  return z.object({ secret: z.string() }).parse(answer.body).secret;
}

/** Calls with the admin key and fails unless that went well. */
export async function must(world: World, request: string, body?: object): Promise<Answer> {
  const answer = await world.call(request, body === undefined ? {} : { body });
  expect([request, answer.status < 300 ? 'ok' : answer.body]).toEqual([request, 'ok']);
  return answer;
}

/** Reads once everything written so far is visible. */
export async function readNow(world: World, path: string, key?: string): Promise<Answer> {
  const position = String(await world.options.store.head());
  const headers = { 'Provisie-Position': position };
  return world.call(`GET ${path}`, key === undefined ? { headers } : { headers, key });
}
