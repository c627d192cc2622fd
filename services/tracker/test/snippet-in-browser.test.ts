import type { EventType, FactOfType } from '@provisie/domain';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openShopPages } from './shop-pages.ts';
import type { ShopPages, Visit } from './shop-pages.ts';

if (chromiumPath === null) {
  console.warn('The snippet is not tested in a browser: set CHROMIUM_PATH to a Chromium.');
}

const CLICK_ID = '01a200fd-7c8f-6991-61be-f9854478eb2a';

let pages: ShopPages;

describe.skipIf(chromiumPath === null)('the snippet in Chromium', () => {
  beforeAll(async () => {
    pages = await openShopPages();
  });
  afterAll(() => pages[Symbol.asyncDispose]());

  test('a visitor who follows a link is known to the shop by visitor and click', async () => {
    await using visit = await pages.visit('/r/woonblog?utm_source=blog', {
      before: "provisie('ids', (ids) => { window.ids = ids; });",
    });
    const clickId = new URL(visit.page.url()).searchParams.get('click_id') ?? '';
    const visitorId = await cookie(visit.context, 'pv_visitor_id');
    const [seen] = await recorded('VisitRecorded', visitorId, 1);
    expect(seen?.data).toMatchObject({
      clickId,
      utm: { source: 'blog' },
      path: '/aanbod',
      consent: 'unknown',
      device: 'desktop',
    });
    expect(await cookie(visit.context, 'pv_click_id')).toBe(clickId);
    expect(await visit.page.evaluate('ids')).toEqual({ visitorId, clickId });
    await visit.page.goto(`${pages.shopUrl}/kassa`);
    expect(await idsOf(visit)).toEqual({ visitorId, clickId });
    expect(visit.complaints).toEqual([]);
  });

  test('the page that the visitor came from is known by its host', async () => {
    await using visit = await pages.visit('/');
    const referer = 'https://www.woonblog.nl/';
    await visit.page.goto(`${pages.shopUrl}/?ref=woonblog`, { referer });
    const visitorId = await cookie(visit.context, 'pv_visitor_id');
    const [seen] = await recorded('VisitRecorded', visitorId, 1);
    expect(seen?.data.referrerHost).toBe('www.woonblog.nl');
  });

  test('a coupon and an e-mail address are told, also from before the snippet was there', async () => {
    await using visit = await pages.visit('/?ref=woonblog', {
      before: "provisie('coupon', 'woonblog10');",
    });
    await visit.page.evaluate("provisie('identify', { email: 'Jan@Example.nl' })");
    const visitorId = await cookie(visit.context, 'pv_visitor_id');
    const customer = await pages.tracker.customerKeys.ofEmail('jan@example.nl');
    const [coupon] = await recorded('CouponEntered', visitorId, 1);
    const [identified] = await recorded('VisitorIdentified', visitorId, 1);
    const [seen] = await recorded('VisitRecorded', visitorId, 1);
    expect(coupon?.data.couponCode).toBe('WOONBLOG10');
    expect(identified?.data.customer).toBe(customer);
    expect(seen?.data.ref).toBe('woonblog');
    expect(visit.complaints).toEqual([]);
  });

  test('the visitor stays the same on the next page, and nothing more is told', async () => {
    await using visit = await pages.visit('/?utm_campaign=mei');
    const visitorId = await cookie(visit.context, 'pv_visitor_id');
    await recorded('VisitRecorded', visitorId, 1);
    await visit.page.goto(`${pages.shopUrl}/winkelmand`);
    expect(await idsOf(visit)).toEqual({ visitorId });
    expect(visit.requests).toHaveLength(1);
  });

  test.each([
    'kleur=rood',
    'ref=&utm_source=',
    'click_id=unlike-ours',
    `click_id=${CLICK_ID}0`,
    `other_click_id=${CLICK_ID}`,
    'pref=1&terug=/a?ref=b',
  ])('who came through no partner leaves no trace: %s', async (query) => {
    await using visit = await pages.visit(`/aanbod?${query}`);
    await visit.page.evaluate("provisie('coupon', '')");
    expect(visit.requests).toEqual([]);
    expect(await traces(visit)).toEqual([]);
    expect(visit.complaints).toEqual([]);
  });

  test('an endpoint that is blocked is not noticed by the page', async () => {
    await using visit = await pages.visit('/?ref=geblokkeerd', {
      prepare: (context) => context.route('**/t', (route) => route.abort()),
    });
    await visit.page.evaluate("provisie('coupon', 'WOONBLOG10')");
    expect(await idsOf(visit)).toMatchObject({
      visitorId: await cookie(visit.context, 'pv_visitor_id'),
    });
    expect(visit.complaints).toEqual([]);
  });

  test('a script that is blocked is not noticed by the page either', async () => {
    await using visit = await pages.visit('/?ref=geblokkeerd', {
      before: "provisie('coupon', 'WOONBLOG10');",
      prepare: (context) => context.route('**/t.js', (route) => route.abort()),
    });
    expect(visit.complaints).toEqual([]);
  });

  test('what was told offline arrives later, once', async () => {
    await using visit = await pages.visit('/');
    await visit.context.setOffline(true);
    await visit.page.evaluate("provisie('coupon', 'OFFLINE1')");
    await visit.page.evaluate("provisie('identify', { email: 'piet@example.nl' })");
    const kept = String(await visit.page.evaluate("localStorage.getItem('pv_queue')"));
    expect(kept).toContain('OFFLINE1');
    expect(kept).not.toContain('piet');
    const visitorId = await cookie(visit.context, 'pv_visitor_id');
    await visit.context.setOffline(false);
    await recorded('CouponEntered', visitorId, 1);
    await recorded('VisitorIdentified', visitorId, 1);
    await expect.poll(() => visit.page.evaluate("localStorage.getItem('pv_queue')")).toBeNull();
    expect(visit.complaints).toEqual([]);
  });

  test('what was told but not acknowledged is told again by the next page, and counts once', async () => {
    await using visit = await pages.visit('/', {
      // The tracker hears it, the browser never learns.
      prepare: (context) =>
        context.route(
          '**/t',
          async (route) => {
            await route.fetch();
            await route.abort();
          },
          { times: 1 },
        ),
    });
    await visit.page.evaluate("provisie('coupon', 'TWEEMAAL')");
    const visitorId = await cookie(visit.context, 'pv_visitor_id');
    await recorded('CouponEntered', visitorId, 1);
    await visit.page.goto(`${pages.shopUrl}/kassa`);
    await expect.poll(() => visit.page.evaluate("localStorage.getItem('pv_queue')")).toBeNull();
    expect(visit.requests).toHaveLength(2);
    expect(await recorded('CouponEntered', visitorId, 1)).toHaveLength(1);
  });

  test('what an older copy of the snippet could not deliver is delivered', async () => {
    const left = {
      type: 'coupon',
      id: 'beacon-000000000001',
      visitorId: 'visitor-of-before',
      code: 'VANVOOR',
      at: Date.now() - 5000,
      consent: 'granted',
    };
    await using visit = await pages.visit('/', {
      prepare: (context) =>
        context.addInitScript(
          (kept) => {
            localStorage.setItem('pv_queue', kept);
          },
          JSON.stringify([left]),
        ),
    });
    const [coupon] = await recorded('CouponEntered', left.visitorId, 1);
    expect(coupon?.data).toMatchObject({ couponCode: 'VANVOOR', consent: 'granted' });
    expect(Math.abs((coupon?.occurredAt ?? 0) - left.at)).toBeLessThan(2000);
    expect(visit.complaints).toEqual([]);
  });

  test('a queue that something else left broken is not noticed', async () => {
    await using visit = await pages.visit('/?ref=woonblog', {
      prepare: (context) => context.addInitScript("localStorage.setItem('pv_queue', '{}')"),
    });
    await recorded('VisitRecorded', await cookie(visit.context, 'pv_visitor_id'), 1);
    expect(visit.complaints).toEqual([]);
  });

  test('a page that includes the snippet twice runs it once', async () => {
    await using visit = await pages.visit('/?ref=woonblog');
    await recorded('VisitRecorded', await cookie(visit.context, 'pv_visitor_id'), 1);
    await visit.page.addScriptTag({ url: `${pages.trackerUrl}/t.js` });
    await visit.page.evaluate("provisie('coupon', 'EENMAAL')");
    await expect.poll(() => visit.requests.length).toBe(2);
  });

  describe('where consent is required', () => {
    const attributes = 'data-consent="required"';
    const before = "provisie('coupon', 'WOONBLOG10');";

    test('nothing is stored or sent before it is given', async () => {
      await using visit = await pages.visit('/?ref=woonblog', { attributes, before });
      expect(await traces(visit)).toEqual([]);
      expect(visit.requests).toEqual([]);
    });

    test('what waited for it is told when it is given, once', async () => {
      await using visit = await pages.visit('/?ref=woonblog', { attributes, before });
      await visit.page.evaluate("provisie('consent', true)");
      await visit.page.evaluate("provisie('consent', true)");
      const visitorId = await cookie(visit.context, 'pv_visitor_id');
      const [seen] = await recorded('VisitRecorded', visitorId, 1);
      const [coupon] = await recorded('CouponEntered', visitorId, 1);
      expect([seen?.data.consent, coupon?.data.consent]).toEqual(['granted', 'granted']);
      expect(visit.requests).toHaveLength(2);
    });

    test('it may have been given before the snippet was there', async () => {
      await using visit = await pages.visit('/?ref=woonblog', {
        attributes,
        before: "provisie('consent', true);",
      });
      const visitorId = await cookie(visit.context, 'pv_visitor_id');
      expect(await recorded('VisitRecorded', visitorId, 1)).toHaveLength(1);
    });
  });

  test.each([
    ['FR', 0],
    ['NL', 1],
  ])(
    "the programme's terms say whether it is required: in %s %i visits",
    async (country, visits) => {
      await using visit = await pages.visit('/?ref=woonblog', {
        query: '?programme=affiliate',
        prepare: (context) => context.setExtraHTTPHeaders({ 'cf-ipcountry': country }),
      });
      await visit.page.evaluate('window.provisie.on');
      expect(visit.requests).toHaveLength(visits);
    },
  );

  test('consent that is withdrawn takes all that was kept along', async () => {
    await using visit = await pages.visit('/?ref=woonblog', {
      prepare: (context) => context.route('**/t', (route) => route.abort()),
    });
    await expect.poll(() => traces(visit)).toEqual(['pv_queue', 'pv_visitor_id']);
    await visit.page.evaluate("provisie('consent', false)");
    expect(await traces(visit)).toEqual([]);
    expect(await idsOf(visit)).toEqual({});
    await visit.page.evaluate("provisie('coupon', 'WOONBLOG10')");
    expect(visit.requests).toHaveLength(1);
  });

  test.each(['', 'data-consent="required"'])(
    'Global Privacy Control is stronger than consent: %s',
    async (attributes) => {
      await using visit = await pages.visit('/?ref=woonblog', {
        attributes,
        prepare: async (context) => {
          await context.addCookies([
            { name: 'pv_visitor_id', value: 'before-it', url: pages.shopUrl },
          ]);
          await context.addInitScript(
            "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { value: true });",
          );
        },
      });
      expect(await idsOf(visit)).toEqual({});
      await visit.page.evaluate("provisie('consent', true)");
      await visit.page.evaluate("provisie('coupon', 'WOONBLOG10')");
      expect(await idsOf(visit)).toEqual({});
      expect(visit.requests).toEqual([]);
      expect(await traces(visit)).toEqual([]);
    },
  );

  test('a page that is rendered on a guess tells of its visit once it is looked at', async () => {
    await using visit = await pages.visit('/?ref=vooruit', {
      // Under remote control, Chromium renders no page ahead of its own accord.
      prepare: (context) =>
        context.addInitScript(
          "Object.defineProperty(Document.prototype, 'prerendering', { value: true });",
        ),
    });
    expect(visit.requests).toEqual([]);
    expect(await traces(visit)).toEqual([]);
    await visit.page.evaluate("document.dispatchEvent(new Event('prerenderingchange'))");
    await recorded('VisitRecorded', await cookie(visit.context, 'pv_visitor_id'), 1);
    expect(visit.requests).toHaveLength(1);
  });

  test('a browser that refuses storage is served all the same', async () => {
    await using visit = await pages.visit('/?ref=woonblog', {
      prepare: (context) =>
        context.addInitScript(
          "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no'); } });",
        ),
    });
    await recorded('VisitRecorded', await cookie(visit.context, 'pv_visitor_id'), 1);
    expect(visit.complaints).toEqual([]);
  });
});

/** The touches of a type and a visitor, once there are at least so many. */
async function recorded<Type extends EventType & `${'Visit' | 'Coupon'}${string}`>(
  type: Type,
  visitorId: string,
  atLeast: number,
): Promise<FactOfType<Type>[]> {
  const ofVisitor = async () =>
    (await pages.tracker.touches()).filter(
      (touch): touch is FactOfType<Type> =>
        touch.type === type && 'visitorId' in touch.data && touch.data.visitorId === visitorId,
    );
  await expect
    .poll(async () => (await ofVisitor()).length, { timeout: 5000 })
    .toBeGreaterThanOrEqual(atLeast);
  return ofVisitor();
}

async function cookie(context: BrowserContext, name: string): Promise<string> {
  const valueOf = async () =>
    (await context.cookies()).find((found) => found.name === name)?.value ?? '';
  await expect.poll(valueOf, { timeout: 5000 }).not.toBe('');
  return valueOf();
}

function idsOf({ page }: Visit): Promise<unknown> {
  return page.evaluate("new Promise((resolve) => { provisie('ids', resolve); })");
}

/** The names of all that is kept in the browser. */
async function traces({ page, context }: Visit): Promise<string[]> {
  const cookies = (await context.cookies(pages.shopUrl)).map(({ name }) => name);
  const stored = String(await page.evaluate("Object.keys(localStorage).join(' ')"));
  return [...cookies, ...stored.split(' ')].filter((name) => name !== '').sort();
}
