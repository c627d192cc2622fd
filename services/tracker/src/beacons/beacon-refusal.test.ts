import { newFact, streams } from '@provisie/domain';
import { describe, expect, test } from 'vitest';
import { beacon, sharedShop } from '../../test/beacons.ts';
import { CHROME, newId, NOON, openTrackedShop } from '../../test/tracked-shop.ts';

const shared = sharedShop();
const { post, recordedBy } = shared;

describe('what is no beacon', () => {
  const id = 'beacon-000000000000';
  const visitorId = 'visitor-1';
  const visit = { type: 'visit', id, visitorId };
  test.each([
    ['', ''],
    ['{', ''],
    ['null', ''],
    ['[]', ''],
    [JSON.stringify({}), '/type'],
    [JSON.stringify({ ...visit, type: 'click' }), '/type'],
    [JSON.stringify({ type: 'visit', visitorId }), '/id'],
    [JSON.stringify({ ...visit, id: 'short' }), '/id'],
    [JSON.stringify({ ...visit, visitorId: 'a b c d e f' }), '/visitorId'],
    [JSON.stringify({ ...visit, clickId: 'x' }), '/clickId'],
    [JSON.stringify({ ...visit, utm: { source: 1 } }), '/utm/source'],
    [JSON.stringify({ ...visit, ageMs: 86_400_001 }), '/ageMs'],
    [JSON.stringify({ ...visit, ageMs: 1.5 }), '/ageMs'],
    [JSON.stringify({ ...visit, consent: true }), '/consent'],
    [JSON.stringify([visit, { type: 'coupon', id, visitorId, code: '%' }]), '/1/code'],
    [JSON.stringify({ type: 'identify', id, visitorId }), ''],
    [JSON.stringify({ type: 'identify', id, visitorId, email: 'jan' }), '/email'],
    [JSON.stringify([visit, { type: 'identify', id, visitorId, email: 'x' }]), '/1/email'],
    [JSON.stringify(Array.from({ length: 11 }, () => visit)), ''],
  ])('%s is refused at %j', async (body, path) => {
    const { response, touches } = await recordedBy(() => post(body));
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] });
    expect(touches).toEqual([]);
  });

  test('nothing of a refused e-mail address comes back', async () => {
    const body = { type: 'identify', id, visitorId, email: 'jan@jansen' };
    expect(await (await post(body)).text()).not.toContain('jansen');
  });

  test.each([
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/html',
    '',
  ])('a body of type %j is refused', async (contentType) => {
    const response = await post(visit, { 'content-type': contentType });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ code: 'unsupported_media_type' });
  });

  test('more than 8 kB is refused, whether its length was told or not', async () => {
    const body = JSON.stringify({ ...visit, path: 'a'.repeat(8192) });
    const told = await post(body, { 'content-length': String(body.length) });
    expect(told.status).toBe(413);
    const untold = await post(body);
    expect(untold.status).toBe(413);
    expect(await untold.json()).toMatchObject({ code: 'body_too_large' });
  });

  test('what is not UTF-8 is refused', async () => {
    const response = await shared.shop.app.request('https://track.shop.nl/t', {
      method: 'POST',
      body: new Uint8Array([0x22, 0xff, 0x22]),
      headers: { 'content-type': 'text/plain', 'user-agent': CHROME },
    });
    expect(response.status).toBe(400);
  });
});

describe('beacons across origins', () => {
  const visit = () => beacon({ type: 'visit', ref: 'woonblog' });

  test.each([
    'https://www.shop.nl',
    'https://kassa.shop.nl',
    'http://localhost:3000',
    'https://track.shop.nl',
  ])('are taken from %s', async (origin) => {
    const response = await post(visit(), { origin });
    expect(response.status).toBe(204);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-credentials')).toBe('true');
    expect(response.headers.get('vary')).toBe('Origin');
  });

  test.each([
    'https://evil.com',
    'https://www.shop.nl.evil.com',
    'http://localhost:3001',
    'null',
    '',
  ])('are refused from %j', async (origin) => {
    const { response, touches } = await recordedBy(() => post(visit(), { origin }));
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
    expect(touches).toEqual([]);
  });

  test('are taken from the host that serves the tracker', async () => {
    const response = await shared.shop.app.request('https://go.example/t', {
      method: 'POST',
      body: JSON.stringify(visit()),
      headers: {
        'content-type': 'text/plain',
        'user-agent': CHROME,
        origin: 'https://go.example',
      },
    });
    expect(response.status).toBe(204);
  });

  test('tell their page why they were refused', async () => {
    const response = await post('{');
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://www.shop.nl');
  });

  test('may be asked about first', async () => {
    const preflight = (origin: string) =>
      shared.shop.app.request('https://track.shop.nl/t', {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      });
    const known = await preflight('https://www.shop.nl');
    expect(known.status).toBe(204);
    expect(known.headers.get('access-control-allow-methods')).toBe('POST');
    expect(known.headers.get('access-control-allow-headers')).toBe('Content-Type');
    expect((await preflight('https://evil.com')).status).toBe(403);
  });
});

describe('limits', () => {
  test('an address that sends too many in a minute is asked to wait', async () => {
    await using small = await openTrackedShop({ tracker: { beaconsPerMinute: 2 } });
    const send = () =>
      small.app.request('https://track.shop.nl/t', {
        method: 'POST',
        body: JSON.stringify(beacon({ type: 'visit', ref: 'woonblog' })),
        headers: { 'content-type': 'application/json', 'user-agent': CHROME },
      });
    expect([(await send()).status, (await send()).status]).toEqual([204, 204]);
    const third = await send();
    expect(third.status).toBe(429);
    expect(third.headers.get('retry-after')).toBe('60');
    small.clock.now += 60_000;
    expect((await send()).status).toBe(204);
  });

  test('all addresses of one host in IPv6 count as one', async () => {
    let address = '';
    await using small = await openTrackedShop({
      tracker: { beaconsPerMinute: 1, clientAddress: () => address },
    });
    const statusOf = async (from: string) => {
      address = from;
      const answer = await small.app.request('https://track.shop.nl/t', {
        method: 'POST',
        body: JSON.stringify(beacon({ type: 'visit', ref: 'woonblog' })),
        headers: { 'content-type': 'application/json', 'user-agent': CHROME },
      });
      return answer.status;
    };
    expect(await statusOf('2001:db8:1:2::3')).toBe(204);
    expect(await statusOf('2001:db8:1:2:3:4:5:6')).toBe(429);
    expect(await statusOf('2001:db8:1:3::3')).toBe(204);
  });

  test('a beacon that cannot be recorded is to be sent again', async () => {
    await using broken = await openTrackedShop();
    await broken.store.close();
    const response = await broken.app.request('https://track.shop.nl/t', {
      method: 'POST',
      body: JSON.stringify(beacon({ type: 'visit', ref: 'woonblog' })),
      headers: { 'content-type': 'application/json', 'user-agent': CHROME },
    });
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(broken.counters.counts().dropped.beacon).toEqual({ not_recorded: 1 });
  });
});

test('a programme that opens later is taken beacons of', async () => {
  const origin = 'https://nieuw.example';
  const send = async () => (await post(beacon({ type: 'visit', ref: 'x' }), { origin })).status;
  expect(await send()).toBe(403);
  await shared.shop.append(
    streams.programme('nieuw'),
    newFact('ProgrammeOpened', {
      id: newId(),
      occurredAt: NOON,
      data: { programmeId: 'nieuw', name: 'Nieuw', hosts: ['nieuw.example'] },
    }),
  );
  await expect.poll(send, { timeout: 2000, interval: 10 }).toBe(204);
});
