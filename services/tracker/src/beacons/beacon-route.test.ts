import { describe, expect, test } from 'vitest';
import { beacon, sharedShop } from '../../test/beacons.ts';
import { CHROME, NOON, openTrackedShop } from '../../test/tracked-shop.ts';

const CLICK_ID = '01a200fd-7c8f-6991-61be-f9854478eb2a';

const shared = sharedShop();
const { post, recordedBy } = shared;

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
    const customer = await shared.shop.customerKeys.ofEmail('jan.jansen@example.nl');
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
      shared.shop.clock.now += 5000;
      await post({ ...visit, ageMs: 4999 });
      return post([{ ...visit, ageMs: 5001 }, beacon({ type: 'coupon', code: 'ANDERS' })]);
    });
    shared.shop.clock.now = NOON;
    expect(touches.map(({ type }) => type)).toEqual(['VisitRecorded', 'CouponEntered']);
    expect(shared.shop.counters.counts().dropped.beacon['repeated']).toBe(2);
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

  test('has the id of its time when it is the snippet’s', async () => {
    const visit = { visit: { search: ['?ref=tijd'], path: '/', referrer: '' }, at: NOON };
    const { touches } = await recordedBy(async () => {
      await post({ ...visit, visitorId: 'visitor-2', at: NOON - 1 });
      await post({ ...visit, visitorId: 'visitor-1' });
      await post({ ...visit, visitorId: 'visitor-3', at: 2 ** 48 });
      return post({ ...visit, visitorId: 'visitor-1', ageMs: 9 });
    });
    const [earlier, later, ofNoClock] = touches.map(({ id }) => id);
    expect(touches).toHaveLength(3);
    expect(earlier?.slice(0, 15)).toBe(idHead(NOON - 1));
    expect(later?.slice(0, 15)).toBe(idHead(NOON));
    expect(ofNoClock?.charAt(14)).toBe('5');
  });
});

/** Of a UUIDv8 that begins with this time. */
function idHead(at: number): string {
  const hex = at.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-8`;
}

describe('beacons that never count', () => {
  test.each([
    ['bot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ['bot', { 'user-agent': '' }],
    ['link_preview', { 'user-agent': 'facebookexternalhit/1.1' }],
    ['prefetch', { 'sec-purpose': 'prefetch;prerender' }],
  ])('%s: %o', async (reason, headers) => {
    const before = shared.shop.counters.counts().dropped.beacon[reason] ?? 0;
    const { response, touches } = await recordedBy(() =>
      post(beacon({ type: 'visit', ref: 'woonblog' }), headers),
    );
    expect(response.status).toBe(204);
    expect(touches).toEqual([]);
    expect(shared.shop.counters.counts().dropped.beacon[reason]).toBe(before + 1);
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
