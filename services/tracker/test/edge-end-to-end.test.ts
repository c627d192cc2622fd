import { newFact, streams } from '@provisie/domain';
import { createIpHasher } from '@provisie/privacy/hashing';
import { snippetSource } from '@provisie/snippet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beacon } from './beacons.ts';
import { openEdgeOrigin, until } from './edge-origin.ts';
import type { EdgeOrigin } from './edge-origin.ts';
import { OTHER_SECRET, SECRET } from './edge-touches.ts';
import { clickIdOf, startEdgeWorker } from './edge-worker.ts';
import type { Asked, EdgeWorker } from './edge-worker.ts';
import { linkCreated, newId } from './tracked-shop.ts';

let origin: EdgeOrigin;
let worker: EdgeWorker;
beforeAll(async () => {
  origin = await openEdgeOrigin();
  worker = await startEdgeWorker(origin, { bindings: { PROVISIE_REFRESH_SECONDS: '1' } });
});
afterAll(async () => {
  await worker[Symbol.asyncDispose]();
  await origin[Symbol.asyncDispose]();
});

/** The touches that an action leaves in the log. */
async function recordedBy(action: () => Promise<Asked>) {
  const before = (await origin.touches()).length;
  const answer = await action();
  return { answer, touches: (await origin.touches()).slice(before) };
}

const FROM = { 'cf-connecting-ip': '203.0.113.7', referer: 'https://woonblog.nl/tips' };

test('a click is in the log as the visitor was told, before the visitor is sent on', async () => {
  const path = '/r/woonblog?sub1=menu&utm_source=woonblog';
  const { answer, touches } = await recordedBy(() => worker.get(path, FROM));
  const [click] = touches;
  if (click?.type !== 'ClickRecorded') throw new Error('no click was recorded');
  expect(answer.status).toBe(302);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(answer.headers.get('location')).toBe(
    `https://www.shop.nl/aanbod?kleur=rood&sub1=menu&utm_source=woonblog&click_id=${click.id}#top`,
  );
  expect(answer.headers.get('set-cookie')).toBe(
    `pv_visitor=${click.data.visitorId}; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Lax`,
  );
  const hasher = createIpHasher(new Uint8Array(32).fill(2));
  expect(click.data).toMatchObject({
    touchId: click.id,
    linkCode: 'woonblog',
    sub: { sub1: 'menu' },
    utm: { source: 'woonblog' },
    country: 'NL',
    device: 'desktop',
    browser: 'Chrome',
    referrerHost: 'woonblog.nl',
    ipHash: await hasher.hash('203.0.113.7', click.occurredAt),
  });
  expect(JSON.stringify(touches)).not.toContain('203.0.113');
});

test('a visitor who comes back is known', async () => {
  const cookie = 'pv_visitor=4fc7d3d5-2a76-42fa-afc6-a4d6f21c4570';
  const { touches } = await recordedBy(() => worker.get('/r/woonblog', { ...FROM, cookie }));
  expect(touches).toMatchObject([{ data: { visitorId: cookie.replace('pv_visitor=', '') } }]);
});

test.each([
  ['Tor, which is no country', 'T1'],
  ['an unknown one', 'XX'],
])('a country that is %s is not recorded', async (_name, country) => {
  const { touches } = await recordedBy(() => worker.get('/r/woonblog', FROM, country));
  expect(touches).toHaveLength(1);
  expect(touches[0]?.data).not.toHaveProperty('country');
});

test('beacons are recorded; one that is sent again counts once', async () => {
  const visit = beacon({ type: 'visit', ref: 'woonblog', path: '/aanbod' });
  const known = beacon({ type: 'identify', email: 'Anna@Example.nl' });
  const { answer, touches } = await recordedBy(() => worker.post([visit, known]));
  expect(answer.status).toBe(204);
  expect(answer.headers.get('access-control-allow-origin')).toBe('https://www.shop.nl');
  expect(touches).toMatchObject([
    { type: 'VisitRecorded', data: { ref: 'woonblog', path: '/aanbod' } },
    {
      type: 'VisitorIdentified',
      data: { customer: await origin.shop.customerKeys.ofEmail('anna@example.nl') },
    },
  ]);
  const again = await recordedBy(() =>
    worker.post([visit, beacon({ type: 'coupon', code: 'a1' })]),
  );
  expect(again.answer.status).toBe(204);
  expect(again.touches).toMatchObject([{ type: 'CouponEntered', data: { couponCode: 'A1' } }]);
});

test('beacons of strangers are refused', async () => {
  const stranger = { origin: 'https://www.elders.nl' };
  const { answer, touches } = await recordedBy(() =>
    worker.post(beacon({ type: 'coupon', code: 'A1' }), stranger),
  );
  expect([answer.status, touches]).toEqual([403, []]);
});

test('the snippet is served, also with the settings of a programme', async () => {
  const plain = await worker.get('/t.js');
  expect(await plain.text()).toBe(snippetSource());
  const set = await worker.get('/t.js?programme=affiliate');
  expect(await set.text()).toContain('"days":90');
  const known = await worker.get('/t.js', { 'if-none-match': plain.headers.get('etag') ?? '' });
  expect(known.status).toBe(304);
});

test.each([
  ['a bot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
  ['a link preview', { 'user-agent': 'WhatsApp/2.23' }],
  ['a prefetch', { 'sec-purpose': 'prefetch' }],
])('%s is sent on and not counted', async (_name, headers) => {
  const { answer, touches } = await recordedBy(() => worker.get('/r/woonblog', headers));
  expect([answer.status, clickIdOf(answer), touches]).toEqual([302, null, []]);
});

test('a link that does not exist is not found, and leads nowhere', async () => {
  const { answer, touches } = await recordedBy(() => worker.get('/r/geen', FROM));
  expect([answer.status, answer.headers.get('location'), touches]).toEqual([404, null, []]);
});

test('a link that was made after the directory was fetched works', async () => {
  await origin.append(streams.link('nieuw'), linkCreated('nieuw', 'https://www.shop.nl/nieuw'));
  await origin.served('nieuw');
  await until(async () => (await worker.get('/r/nieuw', FROM)).status === 302);
  const answer = await worker.get('/r/nieuw', FROM);
  expect(answer.headers.get('location')).toMatch(/^https:\/\/www\.shop\.nl\/nieuw\?click_id=/);
});

test('a link that is disabled still leads on, and no longer counts', async () => {
  const disabled = { id: newId(), occurredAt: Date.now() - 1000, data: { code: 'tuinblog' } };
  await origin.append(streams.link('tuinblog'), newFact('LinkDisabled', disabled));
  await until(async () => clickIdOf(await worker.get('/r/tuinblog', FROM)) === null);
  const { answer, touches } = await recordedBy(() => worker.get('/r/tuinblog', FROM));
  expect(answer.headers.get('location')).toBe('https://www.shop.nl/tuin');
  expect(touches).toEqual([]);
});

test('the origin is asked for the directory by its tag', async () => {
  await until(async () => {
    await worker.get('/r/woonblog', FROM);
    return origin.directoryAnswers.includes(304);
  });
  expect(origin.directoryAnswers.filter((status) => status === 200).length).toBeLessThan(5);
});

test('a secret is replaced without losing a click', async () => {
  await worker.restart({ PROVISIE_COLLECTOR_SECRET: OTHER_SECRET });
  const unknown = await recordedBy(() => worker.get('/r/woonblog', FROM));
  expect([unknown.answer.status, clickIdOf(unknown.answer), unknown.touches]).toEqual([
    302,
    null,
    [],
  ]);
  expect(worker.log.join('')).toContain('collector_refuses');

  await origin.know(`${SECRET} ${OTHER_SECRET}`);
  const known = await recordedBy(() => worker.get('/r/woonblog', FROM));
  expect(known.touches).toMatchObject([{ id: clickIdOf(known.answer) }]);
  await worker.restart({ PROVISIE_COLLECTOR_SECRET: `${OTHER_SECRET} ${SECRET}` });
  await origin.know(SECRET);
  const both = await recordedBy(() => worker.get('/r/woonblog', FROM));
  expect(both.touches).toMatchObject([{ id: clickIdOf(both.answer) }]);
});

test('a binding that is wrong is named in the log, and told to nobody else', async () => {
  await worker.restart({ PROVISIE_IP_KEY: 'c2hvcnQ=', PROVISIE_WORKER_NAME: 'Edge EU' });
  const answer = await worker.get('/r/woonblog', FROM);
  expect([answer.status, answer.headers.get('location')]).toEqual([500, null]);
  expect(await answer.text()).not.toContain('PROVISIE');
  await until(() => worker.log.join('').includes('PROVISIE_IP_KEY must be base64 of 32 bytes'));
  expect(worker.log.join('')).toContain('PROVISIE_WORKER_NAME like edge-eu');
});

test('no secret and no address came into the log of the worker', () => {
  const log = worker.log.join('');
  for (const secret of [SECRET, OTHER_SECRET, 'token-of', 'c2hvcnQ=', '203.0.113', 'Anna']) {
    expect(log).not.toContain(secret.replace('whsec_', ''));
  }
});
