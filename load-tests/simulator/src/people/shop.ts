import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../checks/log.ts';
import type { Intent } from './desk.ts';
import { anyOf, DAY_MS, fresh, HOUR_MS, iso, lately, type Doing, type Scene } from './doing.ts';
import { CUSTOMERS, VISITORS } from './market.ts';

/** Somebody bought with a partner's code before the story begins: what it earns is payable. */
export function placeLongAgo(scene: Scene, code: string, email: string): Intent {
  const orderId = fresh(scene, 'o');
  const partnerId = scene.market.coupons.find((coupon) => coupon.code === code)?.partnerId ?? null;
  scene.market.orders.push({ orderId, partnerId });
  const lines = [{ lineId: '1', amountCents: 60_000 }];
  const placedAt = iso(scene.now() - 25 * DAY_MS);
  const body = {
    orderId,
    placedAt,
    customer: { email },
    currency: 'EUR',
    lines,
    couponCodes: [code],
  };
  return report(scene, `place ${orderId}`, '/v1/orders', body, {
    stream: `order-${orderId}`,
    type: 'OrderPlaced',
    is: { orderId, lines },
  });
}

const place: Doing = (scene) => {
  const { market, random } = scene;
  const orderId = fresh(scene, 'o');
  const coupon = random.chance(0.6) ? anyOf(scene, market.coupons) : null;
  market.orders.push({ orderId, partnerId: coupon?.partnerId ?? null });
  return placing(scene, orderId, coupon?.code ?? null);
};

/** The shop told of the order before, and now tells something else under its id. */
const placeOtherwise: Doing = (scene) => {
  const order = anyOf(scene, scene.market.orders);
  if (order === null) return null;
  return { ...placing(scene, order.orderId, null), stable: false };
};

function placing(scene: Scene, orderId: string, couponCode: string | null): Intent {
  const { market, random } = scene;
  const placedAt = lately(scene, 3 * DAY_MS);
  const clicked = random.chance(0.3) ? anyOf(scene, market.clicks) : null;
  const lines = Array.from({ length: random.between(1, 3) }, (_, index) => ({
    lineId: String(index + 1),
    amountCents: random.pick([0, 1, 999, 25_000, 60_050, 123_456]),
  }));
  const codes = [couponCode, random.chance(0.15) ? 'SHOPS-OWN' : null];
  const couponCodes = codes.filter((code) => code !== null);
  const body = {
    orderId,
    placedAt: iso(placedAt),
    customer: { email: random.pick(CUSTOMERS) },
    currency: random.chance(0.95) ? 'EUR' : 'USD',
    lines,
    couponCodes,
    ...(random.chance(0.5) ? { visitorId: random.pick(VISITORS) } : {}),
    ...(clicked === null ? {} : { clickId: clicked.clickId }),
  };
  return report(scene, `place ${orderId}`, '/v1/orders', body, {
    stream: `order-${orderId}`,
    type: 'OrderPlaced',
    is: { orderId, lines },
  });
}

/** Also of orders that are told of only later. */
function anyOrder(scene: Scene): string | null {
  const known = anyOf(scene, scene.market.orders)?.orderId ?? null;
  const next = `o${String(scene.market.counter + scene.random.between(2, 6))}`;
  return scene.random.chance(0.85) ? known : next;
}

const refund: Doing = (scene) => {
  const orderId = anyOrder(scene);
  if (orderId === null) return null;
  const refundId = fresh(scene, 'r');
  const body = {
    refundId,
    amountCents: scene.random.pick([1, 500, 25_000, 200_000]),
    ...moment(scene),
  };
  return report(scene, `refund ${refundId} of ${orderId}`, `/v1/orders/${orderId}/refunds`, body, {
    stream: `order-${orderId}`,
    type: 'OrderRefunded',
    is: { refundId, amountCents: body.amountCents },
  });
};

const amend: Doing = (scene) => {
  const orderId = anyOrder(scene);
  if (orderId === null) return null;
  const amendmentId = fresh(scene, 'a');
  const lines = [{ lineId: '1', amountCents: scene.random.pick([0, 500, 77_777, 150_000]) }];
  const body = { amendmentId, lines, ...moment(scene) };
  const path = `/v1/orders/${orderId}/amendments`;
  const told = report(scene, `amend ${amendmentId} of ${orderId}`, path, body, {
    stream: `order-${orderId}`,
    type: 'OrderAmended',
    is: { amendmentId, lines },
  });
  return told;
};

const cancel: Doing = (scene) => {
  const orderId = anyOrder(scene);
  if (orderId === null) return null;
  const path = `/v1/orders/${orderId}/cancellation`;
  return report(scene, `cancel ${orderId}`, path, moment(scene), {
    stream: `order-${orderId}`,
    type: 'OrderCancelled',
    is: { orderId },
  });
};

const complete: Doing = (scene) => {
  const orderId = anyOrder(scene);
  if (orderId === null) return null;
  const path = `/v1/orders/${orderId}/completion`;
  return report(scene, `complete ${orderId}`, path, moment(scene), {
    stream: `order-${orderId}`,
    type: 'OrderCompleted',
    is: { orderId },
  });
};

function moment(scene: Scene): { readonly occurredAt?: string } {
  return scene.random.chance(0.4) ? {} : { occurredAt: iso(lately(scene, 30 * HOUR_MS)) };
}

interface Trail {
  readonly stream: string;
  readonly type: string;
  /** What of its content identifies it and must be there. */
  readonly is: object;
}

function report(_: Scene, name: string, path: string, body: object, trail: Trail): Intent {
  return {
    name,
    part: 'api',
    method: 'POST',
    path,
    body,
    stable: true,
    proof: (log) => provenOnce(log, trail),
  };
}

function provenOnce(log: Log, { stream, type, is }: Trail): string | null {
  const found = log.stream(stream).filter((event) => {
    const { data } = event;
    if (event.type !== type || typeof data !== 'object' || data === null) return false;
    return Object.entries(is).every(([name, value]) =>
      isDeepStrictEqual(Object.entries(data).find(([key]) => key === name)?.[1], value),
    );
  });
  return found.length === 1 ? null : `is ${String(found.length)} times in the log`;
}

export const SHOP_DOINGS = {
  place,
  'place otherwise': placeOtherwise,
  refund,
  amend,
  cancel,
  complete,
} as const satisfies Record<string, Doing>;
