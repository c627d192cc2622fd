import { newFact, streams } from '@provisie/domain';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROME, linkCreated, newId, NOON, openTrackedShop } from '../../test/tracked-shop.ts';
import type { TrackedShop } from '../../test/tracked-shop.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let shop: TrackedShop;
beforeAll(async () => {
  shop = await openTrackedShop();
});
afterAll(() => shop[Symbol.asyncDispose]());

function follow(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return shop.app.request(`https://track.shop.nl${path}`, {
    method,
    headers: { 'user-agent': CHROME, ...headers },
  });
}

async function clickOf(response: Response) {
  const clickId = new URL(response.headers.get('location') ?? '').searchParams.get('click_id');
  const clicks = (await shop.touches()).filter(({ id }) => id === clickId);
  const [click] = clicks;
  if (clicks.length !== 1 || click?.type !== 'ClickRecorded') throw new Error('no such click');
  return click;
}

describe("a person's click", () => {
  test('is in the log before the redirect leaves, and its id travels on', async () => {
    const response = await follow('/r/woonblog', {
      referer: 'https://www.woonblog.nl/aanbouw?draft=1',
      'cf-ipcountry': 'NL',
    });
    expect(response.status).toBe(302);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const click = await clickOf(response);
    expect(click.id).toMatch(UUID);
    expect(response.headers.get('location')).toBe(
      `https://www.shop.nl/aanbod?kleur=rood&click_id=${click.id}#top`,
    );
    expect(click.occurredAt).toBe(NOON);
    const { visitorId, ipHash, ...told } = click.data;
    expect(visitorId).toMatch(UUID);
    expect(ipHash).toMatch(/^[\w-]{43}$/);
    expect(told).toEqual({
      touchId: click.id,
      linkCode: 'woonblog',
      bot: false,
      consent: 'unknown',
      country: 'NL',
      device: 'desktop',
      browser: 'Chrome',
      referrerHost: 'www.woonblog.nl',
    });
  });

  test('keeps the visitor in a cookie as long as the terms count a touch', async () => {
    const first = await follow('/r/woonblog');
    const click = await clickOf(first);
    expect(first.headers.get('set-cookie')).toBe(
      `pv_visitor=${click.data.visitorId}; Max-Age=${String(90 * 86_400)}; Path=/; HttpOnly; Secure; SameSite=Lax`,
    );
    const again = await follow('/r/woonblog', { cookie: `pv_visitor=${click.data.visitorId}` });
    expect((await clickOf(again)).data.visitorId).toBe(click.data.visitorId);
  });

  test('takes no visitor from a cookie that is none of ours', async () => {
    const response = await follow('/r/woonblog', { cookie: 'pv_visitor=<script>' });
    expect((await clickOf(response)).data.visitorId).toMatch(UUID);
  });

  test('carries its campaign to the shop and into the log', async () => {
    const response = await follow(
      '/r/woonblog?utm_source=nieuwsbrief&utm_campaign=mei%20%26%20juni&sub1=a&sub5=e&fbclid=x&sub6=f',
    );
    const click = await clickOf(response);
    const location = new URL(response.headers.get('location') ?? '');
    expect(Object.fromEntries(location.searchParams)).toEqual({
      kleur: 'rood',
      utm_source: 'nieuwsbrief',
      utm_campaign: 'mei & juni',
      sub1: 'a',
      sub5: 'e',
      click_id: click.id,
    });
    expect(click.data.utm).toEqual({ source: 'nieuwsbrief', campaign: 'mei & juni' });
    expect(click.data.sub).toEqual({ sub1: 'a', sub5: 'e' });
  });

  test('takes nothing from a fragment', async () => {
    const response = await follow('/r/woonblog#?utm_source=x');
    expect(response.headers.get('location')).not.toContain('utm_source');
    expect((await clickOf(response)).data.utm).toBeUndefined();
  });

  test('under Global Privacy Control leaves no cookie and counts as denied', async () => {
    const response = await follow('/r/woonblog', {
      'sec-gpc': '1',
      cookie: 'pv_visitor=known-visitor',
    });
    expect(response.headers.get('set-cookie')).toBeNull();
    const click = await clickOf(response);
    expect(click.data.consent).toBe('denied');
    expect(click.data.visitorId).not.toBe('known-visitor');
  });

  test('leads past a cookie where the country requires consent', async () => {
    await using strict = await openTrackedShop({
      terms: { consent: { default: 'exempt', countries: { FR: 'required' } } },
    });
    const from = (country: string) =>
      strict.app.request('https://track.shop.nl/r/woonblog', {
        headers: { 'user-agent': CHROME, 'cf-ipcountry': country },
      });
    expect((await from('FR')).headers.get('set-cookie')).toBeNull();
    expect((await from('NL')).headers.get('set-cookie')).toContain('pv_visitor=');
    const consents = (await strict.touches()).map((touch) =>
      touch.type === 'ClickRecorded' ? [touch.data.country, touch.data.consent] : [],
    );
    expect(consents).toEqual([
      ['FR', 'unknown'],
      ['NL', 'unknown'],
    ]);
  });
});

const PREVIEW = 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)';
const SLACK = 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)';
const GOOGLE = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';

describe('what is sent on but never counts', () => {
  test.each([
    ['head', {}, 'HEAD'],
    ['prefetch', { 'sec-purpose': 'prefetch' }, 'GET'],
    ['prefetch', { 'sec-purpose': 'prefetch;prerender' }, 'GET'],
    ['prefetch', { purpose: 'prefetch' }, 'GET'],
    ['prefetch', { 'x-moz': 'prefetch' }, 'GET'],
    ['link_preview', { 'user-agent': PREVIEW }, 'GET'],
    ['link_preview', { 'user-agent': 'WhatsApp/2.23.20.0' }, 'GET'],
    ['link_preview', { 'user-agent': SLACK }, 'GET'],
    ['bot', { 'user-agent': GOOGLE }, 'GET'],
    ['bot', { 'user-agent': 'curl/8.5.0' }, 'GET'],
    ['bot', { 'user-agent': '' }, 'GET'],
  ])('%s: %o', async (reason, headers, method) => {
    const touchesBefore = (await shop.touches()).length;
    const before = shop.counters.counts().dropped.click[reason] ?? 0;
    const response = await follow('/r/woonblog?utm_source=x', headers, method);
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(
      'https://www.shop.nl/aanbod?kleur=rood&utm_source=x#top',
    );
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(await shop.touches()).toHaveLength(touchesBefore);
    expect(shop.counters.counts().dropped.click[reason]).toBe(before + 1);
  });

  test('a click on a disabled link, so that the visitor meets no dead end', async () => {
    const stream = streams.link('voorbij');
    await shop.append(stream, linkCreated('voorbij', 'https://www.shop.nl/'));
    const occurredAt = NOON - 1;
    await shop.append(
      stream,
      newFact('LinkDisabled', { id: newId(), occurredAt, data: { code: 'voorbij' } }),
    );
    await expect
      .poll(() => shop.directory.link('voorbij')?.isDisabledAt(NOON), { timeout: 5000 })
      .toBe(true);
    const response = await follow('/r/voorbij');
    expect(response.headers.get('location')).toBe('https://www.shop.nl/');
    expect(shop.counters.counts().dropped.click['link_disabled']).toBe(1);
  });
});

describe('codes that lead nowhere', () => {
  test.each([
    ['/r/onbekend', 404, 'unknown_code'],
    ['/r/Woonblog', 404, 'unknown_code'],
    ['/r/__proto__', 400, 'malformed_code'],
    ['/r/a%00b', 400, 'malformed_code'],
    ['/r/%E0%A4%A', 400, 'malformed_code'],
    ['/r/woonblog%2F..', 400, 'malformed_code'],
    [`/r/${'a'.repeat(65)}`, 400, 'malformed_code'],
    ['/r/', 404, 'not_found'],
    ['/r/woonblog/meer', 404, 'not_found'],
    ['/elders', 404, 'not_found'],
  ])('%s: %i %s', async (path, status, code) => {
    const response = await follow(path);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code, status });
    expect(text).not.toContain('shop.nl');
  });

  test.each([
    ['/r/onbekend', 404, 'This link does not exist'],
    ['/r/woonblog?url=https://evil.example/', 400, 'This link leads nowhere'],
  ])('%s answers a person with a page that names no host', async (path, status, title) => {
    const response = await follow(path, { accept: 'text/html,application/xhtml+xml' });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const page = await response.text();
    expect(page).toContain(title);
    expect(page).not.toMatch(/shop\.nl|evil/);
  });

  test('answer a wrong method with the right ones', async () => {
    const response = await follow('/r/woonblog', {}, 'POST');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('GET, HEAD');
  });
});

describe('a link in the log', () => {
  test('redirects within a second of its creation', async () => {
    await shop.append(streams.link('nieuw'), linkCreated('nieuw', 'https://www.shop.nl/nieuw'));
    const status = async () => (await follow('/r/nieuw')).status;
    await expect.poll(status, { timeout: 1000, interval: 10 }).toBe(302);
  });

  test('follows its retargeting', async () => {
    await shop.append(
      streams.link('woonblog'),
      newFact('LinkRetargeted', {
        id: newId(),
        occurredAt: NOON + 1000,
        data: { code: 'woonblog', destination: 'https://www.shop.nl/later' },
      }),
    );
    await expect
      .poll(() => shop.directory.link('woonblog')?.destinationAt(NOON + 1000), { timeout: 5000 })
      .toBe('https://www.shop.nl/later');
    expect((await follow('/r/woonblog')).headers.get('location')).toContain('/aanbod');
  });
});

describe('when the touch cannot be recorded', () => {
  test('the visitor is sent on all the same, without a click id', async () => {
    await using broken = await openTrackedShop();
    await broken.store.close();
    const response = await broken.app.request('https://track.shop.nl/r/woonblog', {
      headers: { 'user-agent': CHROME },
    });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('https://www.shop.nl/aanbod?kleur=rood#top');
    expect(response.headers.get('set-cookie')).toBeNull();
    expect(broken.counters.counts().dropped.click).toEqual({ not_recorded: 1 });
    expect(broken.counters.counts().recorded).toEqual({});
    expect(broken.errors).toHaveLength(1);
  });
});
