import { z } from 'zod';
import type { Log } from '../checks/log.ts';
import type { Answer } from './desk.ts';
import { anyOf, DAY_MS, fresh, HOUR_MS, type Doing, type Scene } from './doing.ts';
import { CUSTOMERS, VISITORS } from './market.ts';

const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0';

const click: Doing = (scene) => {
  const { market, random } = scene;
  const code = anyOf(scene, market.links);
  if (code === null) return null;
  const visitorId = random.pick(VISITORS);
  return {
    name: `click ${fresh(scene, 'k')} on ${code} by ${visitorId}`,
    part: 'tracker',
    method: 'GET',
    path: `/r/${code}`,
    headers: { Cookie: `pv_visitor=${visitorId}`, 'User-Agent': AGENT },
    once: true,
    onAnswer: (answer) => {
      const clickId = clickIdOf(answer);
      if (clickId !== null) market.clicks.push({ clickId, visitorId });
    },
    proof: (log, answer) => {
      const clickId = clickIdOf(answer);
      return clickId === null ? null : once(log, 'ClickRecorded', 'touchId', clickId);
    },
  };
};

function clickIdOf({ headers }: Answer): string | null {
  const address = headers.get('Location');
  return address === null ? null : new URL(address).searchParams.get('click_id');
}

const visit: Doing = (scene) => {
  const { market, random } = scene;
  const ref = random.chance(0.6) ? anyOf(scene, market.links) : null;
  const clicked = random.chance(0.3) ? anyOf(scene, market.clicks) : null;
  const utm = random.chance(0.4) ? { source: random.pick(['blog', 'mail']) } : undefined;
  return beacon(scene, 'VisitRecorded', {
    type: 'visit',
    path: `/${fresh(scene, 'page')}`,
    ...(ref === null ? {} : { ref }),
    ...(clicked === null ? {} : { clickId: clicked.clickId }),
    ...(utm === undefined ? {} : { utm }),
  });
};

const enterCoupon: Doing = (scene) => {
  const coupon = anyOf(scene, scene.market.coupons);
  return coupon === null
    ? null
    : beacon(scene, 'CouponEntered', { type: 'coupon', code: coupon.code });
};

const identify: Doing = (scene) =>
  beacon(scene, 'VisitorIdentified', { type: 'identify', email: scene.random.pick(CUSTOMERS) });

/** Kept by the browser until it is answered, with the age that it has by then. */
function beacon(scene: Scene, type: string, said: object): ReturnType<Doing> {
  const { random, now } = scene;
  const id = fresh(scene, 'beacon-of-a-browser-');
  const at = now() - random.pick([0, 0, 1000, HOUR_MS, 20 * HOUR_MS]);
  const visitorId = random.pick(VISITORS);
  const consent = random.pick(['granted', 'granted', 'unknown', 'denied']);
  const isBot = random.chance(0.1);
  const agent = isBot ? 'Googlebot/2.1' : AGENT;
  let lastToldAt = at;
  return {
    name: `${type} ${id} by ${visitorId}`,
    part: 'tracker',
    method: 'POST',
    path: '/t',
    headers: { 'User-Agent': agent, 'Content-Type': 'text/plain' },
    get body() {
      // Told again after more than a day, it is dated a day back; which telling gets into the log first is open.
      lastToldAt = now();
      const ageMs = lastToldAt - at;
      return JSON.stringify({
        ...said,
        id,
        visitorId,
        consent,
        ageMs: Math.min(ageMs, 86_400_000),
      });
    },
    stable: true,
    proof: (log) =>
      isBot ? null : provenBeacon(log, type, { ...said, at, lastToldAt, visitorId }),
  };
}

interface Told {
  readonly at: number;
  readonly lastToldAt: number;
  readonly visitorId: string;
  readonly path?: string;
}

/** Its id isn't known outside: a page's own path tells it, else who and when, as far as clocks may be off. */
function provenBeacon(
  log: Log,
  type: string,
  { at, lastToldAt, visitorId, path }: Told,
): string | null {
  const found = log.events.filter((event) => {
    if (event.type !== type) return false;
    const data = touch.parse(event.data);
    if (data.visitorId !== visitorId || data.path !== path) return false;
    if (path !== undefined) return true;
    const [least, most] = [at - 4 * DAY_MS, lastToldAt + 4 * DAY_MS];
    return event.occurredAt >= least && event.occurredAt <= most;
  });
  if (found.length === 0) return 'is not in the log';
  return path === undefined || found.length === 1
    ? null
    : `is ${String(found.length)} times in the log`;
}

const touch = z.object({ visitorId: z.string(), path: z.string().optional() });

function once(log: Log, type: string, key: string, id: string): string | null {
  const found = log.events.filter(
    (event) =>
      event.type === type &&
      typeof event.data === 'object' &&
      event.data !== null &&
      Object.entries(event.data).some(([name, value]) => name === key && value === id),
  );
  return found.length === 1 ? null : `is ${String(found.length)} times in the log`;
}

export const VISITOR_DOINGS = {
  click,
  visit,
  'enter coupon': enterCoupon,
  identify,
} as const satisfies Record<string, Doing>;
