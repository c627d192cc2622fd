import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHROME, openTrackedShop } from './tracked-shop.ts';

const text = fc.string({ unit: 'binary', maxLength: 60 });
const headerValue = fc
  .string({ unit: 'grapheme', maxLength: 60 })
  .map((value) => value.replaceAll(/[^\x20-\x7e]/g, '~'));
const query = fc.array(
  fc.tuple(
    fc.oneof(fc.constantFrom('url', 'utm_source', 'utm_x', 'sub1', 'click_id', '__proto__'), text),
    fc.oneof(text, fc.webUrl(), fc.constantFrom('https://www.shop.nl/', '//evil.com')),
  ),
  { maxLength: 6 },
);
const headers = fc.dictionary(
  fc.constantFrom(
    'cookie',
    'referer',
    'origin',
    'accept',
    'sec-purpose',
    'sec-gpc',
    'cf-ipcountry',
    'sec-ch-ua',
    'user-agent',
    'content-type',
    'if-none-match',
  ),
  fc.oneof(
    headerValue,
    fc.constantFrom('1', 'text/plain', 'text/html', CHROME, 'NL', 'https://www.shop.nl'),
  ),
);
const path = fc.oneof(
  text.map((code) => `/r/${encodeURIComponent(code.toWellFormed())}`),
  fc.constantFrom('/r/woonblog', '/r/woonblog', '/r/%E0%A4%A', '/t', '/t', '/t.js', '/r', '/'),
);
const field = fc.oneof(
  text,
  fc.jsonValue(),
  fc.constantFrom(
    'visit',
    'coupon',
    'identify',
    'visitor-1',
    'beacon-000000000001',
    'a@b.nl',
    'granted',
    0,
    -5,
  ),
);
const body = fc.oneof(
  text,
  fc.json(),
  fc
    .record(
      {
        type: fc.constantFrom('visit', 'coupon', 'identify'),
        id: field,
        visitorId: field,
        ref: field,
        utm: fc.dictionary(fc.constantFrom('source', 'term'), field),
        path: text,
        code: text,
        email: field,
        ageMs: field,
      },
      { requiredKeys: [] },
    )
    .map((beacon) => JSON.stringify(beacon)),
  fc
    .record(
      {
        visit: fc.record({ search: fc.array(text), path: text, referrer: text }),
        coupon: field,
        identify: field,
        visitorId: fc.constant('visitor-1'),
        at: fc.oneof(field, fc.integer()),
        consent: field,
      },
      { requiredKeys: ['visitorId', 'at'] },
    )
    .map((beacon) => JSON.stringify(beacon)),
  fc
    .record({
      type: fc.constant('visit'),
      id: fc.constant('beacon-000000000001'),
      visitorId: fc.constant('visitor-1'),
      ref: text,
      path: text,
      referrerHost: text,
    })
    .map((beacon) => JSON.stringify(beacon)),
);

test('no request makes the tracker fail, or send a visitor to a host that is not of the programme', async () => {
  await using shop = await openTrackedShop({ tracker: { beaconsPerMinute: 1_000_000 } });
  const request = fc.record({
    method: fc.constantFrom('GET', 'GET', 'POST', 'POST', 'HEAD', 'OPTIONS', 'PUT'),
    path,
    query,
    headers,
    body,
  });
  await fc.assert(
    fc.asyncProperty(request, async ({ method, path, query, headers, body }) => {
      const search = new URLSearchParams(query).toString();
      const hasBody = method === 'POST' || method === 'PUT';
      const response = await shop.app.request(`https://track.shop.nl${path}?${search}`, {
        method,
        headers: { 'user-agent': CHROME, 'content-type': 'text/plain', ...headers },
        ...(hasBody && { body }),
      });
      expect(response.status).toBeLessThan(500);
      const location = response.headers.get('location');
      const host = location === null ? 'www.shop.nl' : new URL(location).hostname;
      expect(host).toMatch(/^(.+\.)?shop\.nl$|^localhost$/);
    }),
    { numRuns: 1500 },
  );
  expect(shop.errors).toEqual([]);
  // Both kinds got through: the requests weren't all refused at the door.
  const { click = 0, visit = 0 } = shop.counters.counts().recorded;
  expect(Math.min(click, visit)).toBeGreaterThan(0);
});
