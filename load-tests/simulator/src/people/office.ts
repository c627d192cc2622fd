import { DEFAULT_TERMS, type Terms } from '@provisie/domain';
import type { Random } from '../machinery/random.ts';
import { positionOf, type Answer, type Intent } from './desk.ts';
import { anyOf, DAY_MS, fresh, HOUR_MS, iso, lately, type Doing, type Scene } from './doing.ts';
import type { Log } from '../checks/log.ts';

/** A command with an Idempotency-Key: told again, it is the same command. */
export function command(
  scene: Scene,
  name: string,
  request: string,
  body: object = {},
  more: Partial<Intent> = {},
): Intent {
  const [method, path = ''] = request.split(' ');
  const key = fresh(scene, 'key-');
  return {
    name,
    part: 'api',
    method: method === 'PUT' ? 'PUT' : 'POST',
    path,
    body,
    headers: { 'Idempotency-Key': key },
    stable: true,
    proof: thereAtItsPosition,
    ...more,
  };
}

/** What was answered names a place in the log, and something is there. */
function thereAtItsPosition(log: Log, answer: Answer): string | null {
  const position = positionOf(answer);
  if (position === null || position === 0 || log.at(position) !== undefined) return null;
  return `there is nothing at position ${String(position)}`;
}

const MOVED_IN_DAYS = 200;

export function nameMerchant(scene: Scene): Intent {
  return command(scene, 'name the merchant', 'PUT /v1/merchant', {
    legalName: 'Voorbeeld Bouwshop B.V.',
    street: 'Dorpsstraat 1',
    postalCode: '3511 AB',
    city: 'Utrecht',
    country: 'NL',
    vatId: 'NL853746333B01',
    registrationNumber: '12345678',
    email: 'administratie@bouwshop.example',
    iban: 'NL39RABO0300065264',
    bic: null,
  });
}

export function openProgramme(scene: Scene, programmeId: string, terms: Terms): Intent {
  scene.market.programmes.push(programmeId);
  return command(scene, `open ${programmeId}`, 'POST /v1/programmes', {
    programmeId,
    name: `Programme ${programmeId}`,
    hosts: ['www.example.nl'],
    openedAt: iso(scene.now() - MOVED_IN_DAYS * DAY_MS),
    terms,
  });
}

export function apply(scene: Scene, partnerId: string): Intent {
  return command(scene, `apply ${partnerId}`, 'POST /v1/partners', {
    partnerId,
    profile: { name: `${partnerId} of partners.example`, email: `${partnerId}@partners.example` },
    appliedAt: iso(scene.now() - MOVED_IN_DAYS * DAY_MS),
  });
}

export function approve(scene: Scene, partnerId: string): Intent {
  const approvedAt = iso(scene.now() - MOVED_IN_DAYS * DAY_MS);
  return command(scene, `approve ${partnerId}`, `POST /v1/partners/${partnerId}/approve`, {
    approvedAt,
  });
}

export function givePayoutDetails(scene: Scene, partnerId: string, changedAt?: number): Intent {
  const isBusiness = scene.random.chance(0.5);
  return command(
    scene,
    `payout details of ${partnerId}`,
    `PUT /v1/partners/${partnerId}/payout-details`,
    {
      accountHolder: 'A. de Vries, Keizersgracht',
      iban: 'NL91ABNA0417164300',
      taxProfile: isBusiness ? 'nl_business' : 'private_person',
      ...(isBusiness ? { vatId: 'NL853746333B01' } : {}),
      street: 'Keizersgracht 1',
      postalCode: '1015 CJ',
      city: 'Amsterdam',
      country: 'NL',
      ...(changedAt === undefined ? {} : { changedAt: iso(changedAt) }),
    },
    { stable: false },
  );
}

export function agree(scene: Scene, partnerId: string): Intent {
  const path = `POST /v1/partners/${partnerId}/self-billing`;
  return command(scene, `agreement of ${partnerId}`, path);
}

export function createLink(scene: Scene, partnerId: string): Intent {
  const { market, random } = scene;
  const code = fresh(scene, `link-${partnerId}-`);
  const utm = random.chance(0.3) ? { utm: { source: random.pick(['blog', 'mail']) } } : {};
  return command(
    scene,
    `create ${code}`,
    'POST /v1/links',
    {
      code,
      programmeId: random.pick(market.programmes),
      partnerId,
      destination: 'https://www.example.nl/aanbouw',
      createdAt: iso(lately(scene, 30 * DAY_MS)),
      ...utm,
    },
    {
      onAnswer: ({ status }) => {
        if (status < 400) market.links.push(code);
      },
    },
  );
}

export function issueCoupon(scene: Scene, partnerId: string, issuedAt?: number): Intent {
  const { market, random, now } = scene;
  const code = fresh(scene, `CODE-${partnerId.toUpperCase()}-`);
  const until = random.chance(0.3)
    ? { validUntil: iso(now() + random.between(0, 10) * DAY_MS) }
    : {};
  return command(
    scene,
    `issue ${code}`,
    'POST /v1/coupons',
    {
      code,
      programmeId: random.pick(market.programmes),
      partnerId,
      issuedAt: iso(issuedAt ?? lately(scene, 30 * DAY_MS)),
      ...(issuedAt === undefined ? until : {}),
    },
    {
      onAnswer: ({ status }) => {
        if (status < 400) market.coupons.push({ code, partnerId });
      },
    },
  );
}

export function drawTerms(random: Random): Terms {
  const scope = random.pick([
    { orders: 'first_order' } as const,
    { orders: 'every_order' } as const,
    { orders: 'first_n_orders', count: 2 } as const,
  ]);
  return {
    ...DEFAULT_TERMS,
    reward: random.chance(0.7)
      ? { kind: 'percentage', rateBps: random.pick([1, 333, 1000, 10_000]), scope }
      : { kind: 'fixed', amountCents: random.pick([1, 1500]), scope },
    windowDays: random.pick([1, 30, 90]),
    precedence: random.pick(['coupon', 'link']),
    holdDays: random.pick([0, 1, 14]),
    holdFrom: random.pick(['placed', 'placed', 'completed']),
    payoutThresholdCents: random.pick([0, 100, 5000]),
    minimumCustomers: random.pick([0, 0, 0, 2]),
    consent: { default: random.pick(['exempt', 'required', 'off']), countries: {} },
  };
}

const publishTerms: Doing = (scene) => {
  const { market, random, now } = scene;
  const programmeId = random.pick(market.programmes);
  const effectiveFrom = iso(now() + random.between(1, 5 * 24) * HOUR_MS);
  return command(scene, `new terms of ${programmeId}`, `POST /v1/programmes/${programmeId}/terms`, {
    terms: drawTerms(random),
    effectiveFrom,
  });
};

const newPartner: Doing = (scene) => {
  const { market, desk, random, now } = scene;
  const partnerId = fresh(scene, 'partner');
  desk.add(approve(scene, partnerId));
  desk.add(givePayoutDetails(scene, partnerId, now() - 60 * DAY_MS));
  if (random.chance(0.8)) desk.add(agree(scene, partnerId));
  desk.add(createLink(scene, partnerId));
  market.partners.push(partnerId);
  return apply(scene, partnerId);
};

const newLink: Doing = (scene) => createLink(scene, scene.random.pick(scene.market.partners));
const newCoupon: Doing = (scene) => issueCoupon(scene, scene.random.pick(scene.market.partners));

const suspend: Doing = (scene) => {
  const partnerId = scene.random.pick(scene.market.partners);
  const suspendedAt = scene.random.chance(0.4) ? { suspendedAt: iso(lately(scene, DAY_MS)) } : {};
  return command(scene, `suspend ${partnerId}`, `POST /v1/partners/${partnerId}/suspend`, {
    reason: 'looks odd',
    ...suspendedAt,
  });
};

const reinstate: Doing = (scene) => {
  const partnerId = scene.random.pick(scene.market.partners);
  return command(scene, `reinstate ${partnerId}`, `POST /v1/partners/${partnerId}/reinstate`, {
    reason: 'all is well',
  });
};

const disableLink: Doing = (scene) => {
  const code = anyOf(scene, scene.market.links);
  if (code === null) return null;
  const disabledAt = scene.random.chance(0.4) ? { disabledAt: iso(lately(scene, DAY_MS)) } : {};
  return command(scene, `disable ${code}`, `POST /v1/links/${code}/disable`, disabledAt);
};

const withdrawCoupon: Doing = (scene) => {
  const coupon = anyOf(scene, scene.market.coupons);
  if (coupon === null) return null;
  const { code } = coupon;
  return command(scene, `withdraw ${code}`, `POST /v1/coupons/${code}/withdraw`, {});
};

const changeDetails: Doing = (scene) =>
  givePayoutDetails(scene, scene.random.pick(scene.market.partners));

const judge: Doing = (scene) => {
  const order = anyOf(scene, scene.market.orders);
  if (order === null) return null;
  const partnerId = order.partnerId ?? scene.random.pick(scene.market.partners);
  const verdict = scene.random.pick(['reject', 'reject', 'reinstate']);
  const path = `POST /v1/commissions/${order.orderId}/${verdict}`;
  return command(scene, `${verdict} ${order.orderId} for ${partnerId}`, path, {
    partnerId,
    reason: 'looked into',
  });
};

const writeOff: Doing = (scene) => {
  const order = anyOf(scene, scene.market.orders);
  if (order === null) return null;
  const partnerId = order.partnerId ?? scene.random.pick(scene.market.partners);
  const amountCents = scene.random.pick([1, 100, -1, -100, -2500]);
  const path = `POST /v1/partners/${partnerId}/write-offs`;
  return command(scene, `write off ${String(amountCents)} of ${order.orderId}`, path, {
    currency: 'EUR',
    lines: [{ orderId: order.orderId, amountCents }],
    reason: 'not worth it',
  });
};

export const OFFICE_DOINGS = {
  'publish terms': publishTerms,
  'new partner': newPartner,
  'new link': newLink,
  'new coupon': newCoupon,
  suspend,
  reinstate,
  'disable link': disableLink,
  'withdraw coupon': withdrawCoupon,
  'change details': changeDetails,
  judge,
  'write off': writeOff,
} as const satisfies Record<string, Doing>;
