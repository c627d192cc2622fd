import { describe, expect, test } from 'vitest';
import { sharedShop } from '../../test/beacons.ts';
import { NOON } from '../../test/tracked-shop.ts';

const CLICK_ID = '01a200fd-7c8f-6991-61be-f9854478eb2a';
const HOUR = 3_600_000;

const shared = sharedShop();
const { post, recordedBy } = shared;

let made = NOON;

/** As the snippet says it, at a time of its own. */
function said(call: object) {
  made += 1;
  return { ...call, visitorId: 'visitor-1', at: made, ageMs: 0 };
}

function page(search: readonly string[], referrer = '') {
  return { visit: { search, path: '/aanbod', referrer } };
}

describe('what the snippet says', () => {
  test("of a page is read from the parts of its address, and of the page before only the host's name", async () => {
    const search = [
      '?ref=blog%20%26%20co',
      `&click_id=${CLICK_ID}`,
      '&utm_source=een+blog',
      '&utm_source=nog-een',
      '&utm_id=7',
    ];
    const referrer = 'https://www.woonblog.nl:8443/aanbouw?van=jan@example.nl#reacties';
    const { response, touches } = await recordedBy(() => post(said(page(search, referrer))));
    expect(response.status).toBe(204);
    expect(touches.map(({ type }) => type)).toEqual(['VisitRecorded']);
    expect(touches[0]?.data).toMatchObject({
      visitorId: 'visitor-1',
      ref: 'blog & co',
      clickId: CLICK_ID,
      utm: { source: 'een blog' },
      path: '/aanbod',
      referrerHost: 'www.woonblog.nl',
      consent: 'unknown',
    });
    expect(JSON.stringify(touches)).not.toMatch(/jan@|aanbouw|utm_id/);
  });

  test('of a page that was opened from nowhere has no host', async () => {
    const { touches } = await recordedBy(() => post(said(page(['?ref=woonblog']))));
    expect(touches[0]?.data).not.toHaveProperty('referrerHost');
  });

  test('of a coupon and of a customer is what the page said', async () => {
    const { touches } = await recordedBy(() =>
      post([said({ coupon: ' woonblog10 ' }), said({ identify: { email: 'Jan@Example.nl' } })]),
    );
    const customer = await shared.shop.customerKeys.ofEmail('jan@example.nl');
    expect(touches).toMatchObject([
      { type: 'CouponEntered', data: { couponCode: 'WOONBLOG10' } },
      { type: 'VisitorIdentified', data: { customer } },
    ]);
  });

  test.each([
    [true, 'granted'],
    [1, 'granted'],
    [undefined, 'unknown'],
    [false, 'unknown'],
  ])('of consent (%j) makes it %s', async (consent, signal) => {
    const { touches } = await recordedBy(() => post({ ...said({ coupon: 'MEI' }), consent }));
    expect(touches).toMatchObject([{ data: { consent: signal } }]);
  });
});

describe('what tells beacons of the snippet apart is when they were made', () => {
  test('one that is sent again counts once, however old it is by then', async () => {
    const visit = said(page(['?ref=herhaald']));
    const { touches } = await recordedBy(async () => {
      await post(visit);
      shared.shop.clock.now += HOUR;
      return post({ ...visit, ageMs: HOUR });
    });
    shared.shop.clock.now = NOON;
    expect(touches).toMatchObject([{ occurredAt: NOON, data: { ref: 'herhaald' } }]);
  });

  test('another visitor, another time or another thing said is another', async () => {
    const coupon = said({ coupon: 'MEI' });
    const { touches } = await recordedBy(async () => {
      await post(coupon);
      await post({ ...coupon, visitorId: 'visitor-2' });
      await post({ ...coupon, at: coupon.at + 1 });
      return post({ ...coupon, coupon: 'JUNI' });
    });
    expect(touches).toHaveLength(4);
  });

  test('a clock that is far off does no harm', async () => {
    const { touches } = await recordedBy(() => post({ ...said({ coupon: 'MEI' }), at: 12 }));
    expect(touches).toMatchObject([{ occurredAt: NOON }]);
  });
});

test('a beacon that an older copy of the snippet left behind keeps its id', async () => {
  const left = { type: 'coupon', id: 'beacon-999999999999', visitorId: 'visitor-1', code: 'OUD' };
  const { touches } = await recordedBy(async () => {
    await post({ ...left, ageMs: 0, consent: 'granted' });
    return post({ ...left, at: NOON, ageMs: 0, consent: 'granted' });
  });
  expect(touches).toMatchObject([{ data: { couponCode: 'OUD', consent: 'granted' } }]);
});

test.each([
  ['that is older than a day', { ...said({ coupon: 'MEI' }), ageMs: 24 * HOUR + 1 }, '/ageMs'],
  ['of a call that there is not', said({ cupon: 'MEI' }), '/type'],
  ['of a coupon that is none', said({ coupon: { code: 'MEI' } }), '/code'],
  ['of a customer by anything but a name', said({ identify: 'jan@example.nl' }), '/type'],
  ['of an e-mail address that is none', said({ identify: { email: 'jan' } }), '/email'],
  ['with a click that is none', said(page([`?click_id=${'-'.repeat(36)}`])), '/clickId'],
  ['of a page without an address', said({ visit: { path: '/' } }), '/type'],
  ['without a time', { coupon: 'MEI', visitorId: 'visitor-1' }, '/type'],
  ['of nobody', { ...said({ coupon: 'MEI' }), visitorId: undefined }, '/visitorId'],
])('a beacon %s is refused', async (_what, body, path) => {
  const { response, touches } = await recordedBy(() => post(body));
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'invalid_request', errors: [{ path }] });
  expect(touches).toEqual([]);
});
