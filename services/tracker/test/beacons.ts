import { afterAll, beforeAll } from 'vitest';
import { CHROME, openTrackedShop } from './tracked-shop.ts';
import type { TrackedShop } from './tracked-shop.ts';

let beaconNumber = 0;

/** A beacon with an id of its own. */
export function beacon(fields: object) {
  beaconNumber += 1;
  return {
    id: `beacon-${String(beaconNumber).padStart(12, '0')}`,
    visitorId: 'visitor-1',
    ...fields,
  };
}

/** One shop for all tests of a file. */
export function sharedShop() {
  let shop: TrackedShop;
  beforeAll(async () => {
    shop = await openTrackedShop();
  });
  afterAll(() => shop[Symbol.asyncDispose]());
  /** Sends a beacon as the snippet does, from a page of the shop. */
  const post = async (body: unknown, headers: Record<string, string> = {}) =>
    shop.app.request('https://track.shop.nl/t', {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: {
        'content-type': 'text/plain;charset=UTF-8',
        'user-agent': CHROME,
        origin: 'https://www.shop.nl',
        ...headers,
      },
    });
  /** The touches that an action leaves in the log. */
  const recordedBy = async (action: () => Promise<Response>) => {
    const before = (await shop.touches()).length;
    const response = await action();
    return { response, touches: (await shop.touches()).slice(before) };
  };
  return {
    get shop() {
      return shop;
    },
    post,
    recordedBy,
  };
}
