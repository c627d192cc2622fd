import { newFact, streams } from '@provisie/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROME, newId, NOON, openTrackedShop } from '../test/tracked-shop.ts';
import type { TrackedShop } from '../test/tracked-shop.ts';

const CLICK_ID = '01a200fd-7c8f-6991-61be-f9854478eb2a';

let shop: TrackedShop;
let beaconNumber = 0;
beforeAll(async () => {
  shop = await openTrackedShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

function beacon(fields: object) {
  beaconNumber += 1;
  return {
    id: `beacon-${String(beaconNumber).padStart(12, '0')}`,
    visitorId: 'visitor-1',
    ...fields,
  };
}

async function post(body: unknown, headers: Record<string, string> = {}) {
  return shop.app.request('https://track.shop.nl/t', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: {
      'content-type': 'text/plain;charset=UTF-8',
      'user-agent': CHROME,
      origin: 'https://www.shop.nl',
      ...headers,
    },
  });
}

async function recordedBy(action: () => Promise<Response>) {
  const before = (await shop.touches()).length;
  const response = await action();
  return { response, touches: (await shop.touches()).slice(before) };
}

describe('a beacon', () => {
  test('of a visit is in the log when it is answered', async () => {
    const visit = beacon({
      type: 'visit',
      ref: 'woonblog',
      clickId: CLICK_ID.toUpperCase(),
      utm: { source: 'blog', campaign: '' },
      path: '/aanbouw',
      referrerHost: 'www.woonblog.nl',
      consent: 'granted',
    });
    const { response, touches } = await recordedBy(() => post(visit, { 'cf-ipcountry': 'BE' }));
    expect(response.status).toBe(204);
    expect(touches).toMatchObject([
      {
        type: 'VisitRecorded',
        occurredAt: NOON,
        data: {
          visitorId: 'visitor-1',
          ref: 'woonblog',
          clickId: CLICK_ID,
          utm: { source: 'blog' },
          path: '/aanbouw',
          referrerHost: 'www.woonblog.nl',
          consent: 'granted',
          country: 'BE',
          device: 'desktop',
          browser: 'Chrome',
          bot: false,
        },
      },
    ]);
  });

  test('of a coupon carries the code as codes are compared', async () => {
    const { touches } = await recordedBy(() =>
      post(beacon({ type: 'coupon', code: ' woonblog10 ' })),
    );
    expect(touches).toMatchObject([
      { type: 'CouponEntered', data: { couponCode: 'WOONBLOG10', consent: 'unknown' } },
    ]);
  });

  test('of an e-mail address leaves only the customer key', async () => {
    const { touches } = await recordedBy(() =>
      post(beacon({ type: 'identify', email: 'Jan.Jansen@Example.nl' })),
    );
    const customer = await shop.customerKeys.ofEmail('jan.jansen@example.nl');
    expect(touches).toMatchObject([
      { type: 'VisitorIdentified', data: { visitorId: 'visitor-1', customer } },
    ]);
    expect(JSON.stringify(touches).toLowerCase()).not.toContain('jansen');
  });

  test('may name the customer by key', async () => {
    const customer = 'k'.repeat(43);
    const { touches } = await recordedBy(() => post(beacon({ type: 'identify', customer })));
    expect(touches).toMatchObject([{ data: { customer } }]);
  });

  test('that had to wait happened when it was made', async () => {
    const hour = 3_600_000;
    const { touches } = await recordedBy(() =>
      post(beacon({ type: 'visit', ref: 'woonblog', ageMs: hour })),
    );
    expect(touches).toMatchObject([{ occurredAt: NOON - hour }]);
  });

  test('under Global Privacy Control counts as denied, whatever it says', async () => {
    const said = beacon({ type: 'visit', ref: 'woonblog', consent: 'granted' });
    const { touches } = await recordedBy(() => post(said, { 'sec-gpc': '1' }));
    expect(touches).toMatchObject([{ data: { consent: 'denied' } }]);
  });

  test('may come with others', async () => {
    const { response, touches } = await recordedBy(() =>
      post([beacon({ type: 'visit', ref: 'a' }), beacon({ type: 'coupon', code: 'B' })], {
        'content-type': 'application/json',
      }),
    );
    expect(response.status).toBe(204);
    expect(touches.map(({ type }) => type)).toEqual(['VisitRecorded', 'CouponEntered']);
  });

  test('with more text than is worth recording is cut', async () => {
    const long = 'é'.repeat(700);
    const { touches } = await recordedBy(() =>
      post(
        beacon({ type: 'visit', ref: long, path: long, utm: { source: `${'a'.repeat(199)}😀` } }),
      ),
    );
    expect(touches).toMatchObject([
      {
        data: {
          ref: 'é'.repeat(64),
          path: 'é'.repeat(500),
          utm: { source: `${'a'.repeat(199)}\ufffd` },
        },
      },
    ]);
  });
});

describe('a beacon that is sent again', () => {
  test('counts once, also when it comes later and with others', async () => {
    const visit = beacon({ type: 'visit', ref: 'herhaald' });
    const { touches } = await recordedBy(async () => {
      await post(visit);
      shop.clock.now += 5000;
      await post({ ...visit, ageMs: 4999 });
      return post([{ ...visit, ageMs: 5001 }, beacon({ type: 'coupon', code: 'ANDERS' })]);
    });
    shop.clock.now = NOON;
    expect(touches.map(({ type }) => type)).toEqual(['VisitRecorded', 'CouponEntered']);
    expect(shop.counters.counts().dropped.beacon['repeated']).toBe(2);
  });

  test('cannot be stood in the way of by a forger who knows its id', async () => {
    const visit = beacon({ type: 'visit', ref: 'echt' });
    const { touches } = await recordedBy(async () => {
      await post({ ...visit, visitorId: 'forger-1' });
      await post({ ...visit, ref: 'vals' });
      return post(visit);
    });
    expect(touches).toHaveLength(3);
    expect(touches.at(-1)).toMatchObject({ data: { visitorId: 'visitor-1', ref: 'echt' } });
  });
});

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
    const response = await shop.app.request('https://track.shop.nl/t', {
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

  test('tell their page why they were refused', async () => {
    const response = await post('{');
    expect(response.status).toBe(400);
    expect(response.headers.get('access-control-allow-origin')).toBe('https://www.shop.nl');
  });

  test('may be asked about first', async () => {
    const preflight = (origin: string) =>
      shop.app.request('https://track.shop.nl/t', {
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

describe('beacons that never count', () => {
  test.each([
    ['bot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['bot', { 'user-agent': '' }],
    ['link_preview', { 'user-agent': 'facebookexternalhit/1.1' }],
    ['prefetch', { 'sec-purpose': 'prefetch;prerender' }],
  ])('%s: %o', async (reason, headers) => {
    const before = shop.counters.counts().dropped.beacon[reason] ?? 0;
    const { response, touches } = await recordedBy(() =>
      post(beacon({ type: 'visit', ref: 'woonblog' }), headers),
    );
    expect(response.status).toBe(204);
    expect(touches).toEqual([]);
    expect(shop.counters.counts().dropped.beacon[reason]).toBe(before + 1);
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

test('the counters tell what became of the touches, in the text format of Prometheus', async () => {
  await using counted = await openTrackedShop();
  const click = (userAgent: string) =>
    counted.app.request('https://track.shop.nl/r/woonblog', {
      headers: { 'user-agent': userAgent },
    });
  await click(CHROME);
  await click('curl/8');
  await click('curl/8');
  const text = counted.counters.metricsText();
  expect(text).toContain('provisie_tracker_touches_recorded_total{kind="click"} 1\n');
  expect(text).toContain('provisie_tracker_touches_dropped_total{source="click",reason="bot"} 2\n');
});

test('a programme that opens later is taken beacons of', async () => {
  const origin = 'https://nieuw.example';
  const send = async () => (await post(beacon({ type: 'visit', ref: 'x' }), { origin })).status;
  expect(await send()).toBe(403);
  await shop.append(
    streams.programme('nieuw'),
    newFact('ProgrammeOpened', {
      id: newId(),
      occurredAt: NOON,
      data: { programmeId: 'nieuw', name: 'Nieuw', hosts: ['nieuw.example'] },
    }),
  );
  await expect.poll(send, { timeout: 2000, interval: 10 }).toBe(204);
});
