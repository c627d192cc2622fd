import { BROWSERS } from './agents.ts';
import { DAY, daysBetween, HOUR, MINUTE, momentOfDay, SECOND } from './calendar.ts';
import { NEVER_SELLS, type SampleClick } from './clicks.ts';
import { customerOf, type Customer } from './customers.ts';
import { SHOP_CODES } from './office.ts';
import { EXTRAS, MAIN_PRODUCTS, QUICKSCAN, type Product } from './products.ts';
import type { Chance } from './random.ts';
import type { Setup } from './setup.ts';

/** What a customer ordered, before anything happened to the order. */
export interface Purchase {
  readonly placedAt: number;
  readonly customer: Customer;
  readonly products: readonly Product[];
  readonly couponCodes: readonly string[];
  readonly clickId: string | null;
  readonly visitorId: string | null;
  readonly ip: string;
  readonly agent: string;
  /** Printed drawings are sent by post. */
  readonly printed: boolean;
  /** What the shop's own attribution says. */
  readonly utmSource: string | null;
}

/** How a customer came: over which click, and with which codes on the order. */
interface Manner {
  readonly click: 'recent' | 'too_old' | null;
  readonly codes: readonly ('partner' | 'shop')[];
}

const manner = (click: Manner['click'], ...codes: Manner['codes']): Manner => ({ click, codes });

const MANNERS: readonly (readonly [Manner, number])[] = [
  [manner(null), 24],
  [manner('recent'), 46],
  [manner('too_old'), 4],
  [manner(null, 'partner'), 12],
  [manner('recent', 'partner'), 6],
  [manner(null, 'shop'), 3],
  [manner('recent', 'shop'), 4],
  [manner(null, 'shop', 'partner', 'partner'), 1],
];

const ORDERS_PER_DAY = 9.4;

/** The purchases of the quarter, in the order of time. */
export function samplePurchases(
  chance: Chance,
  setup: Setup,
  clicks: readonly SampleClick[],
): Purchase[] {
  const landings = new Landings(clicks);
  const purchases = daysBetween(setup.fromDay, setup.toDay).flatMap((day) =>
    Array.from({ length: ordersOfDay(chance) }, () =>
      purchase(chance, setup, landings, momentOfDay(chance, day)),
    ),
  );
  const inQuarter = purchases.filter(({ placedAt }) => placedAt >= Date.parse(setup.fromDay));
  const withReturns = inQuarter.map((each) =>
    chance.hits(0.13) ? by(chance.pick(inQuarter).customer, each) : each,
  );
  return [...withReturns, ...arranged(chance, setup, clicks)].sort(
    (one, other) => one.placedAt - other.placedAt,
  );
}

function by(customer: Customer, purchase: Purchase): Purchase {
  return { ...purchase, customer };
}

function ordersOfDay(chance: Chance): number {
  return Math.floor(ORDERS_PER_DAY) - 2 + chance.between(0, 4) + (chance.hits(0.4) ? 1 : 0);
}

function purchase(chance: Chance, setup: Setup, landings: Landings, placedAt: number): Purchase {
  const manner = chance.weighted(MANNERS);
  const click = clickFor(chance, manner, landings, placedAt);
  return {
    ...basket(chance),
    placedAt,
    couponCodes: codesFor(chance, manner, setup),
    clickId: click?.clickId ?? null,
    visitorId: chance.hits(0.5) ? chance.hex(26) : null,
    ip: click?.ip ?? `198.51.100.${chance.between(1, 254)}`,
    agent: click?.agent ?? chance.weighted(BROWSERS),
    utmSource: click?.partnerId ?? null,
  };
}

function basket(chance: Chance): Pick<Purchase, 'customer' | 'products' | 'printed'> {
  const main = chance.weighted(MAIN_PRODUCTS);
  const extras = EXTRAS.filter(() => chance.hits(0.22));
  return { customer: customerOf(chance), products: [main, ...extras], printed: chance.hits(0.08) };
}

function clickFor(
  chance: Chance,
  { click }: Manner,
  landings: Landings,
  placedAt: number,
): SampleClick | null {
  if (click === null) return null;
  if (click === 'recent') {
    return landings.take(chance, placedAt - thinkingTime(chance), placedAt - 2 * MINUTE);
  }
  const earliest = placedAt - chance.between(91, 120) * DAY;
  return landings.take(chance, earliest, placedAt - 90 * DAY - HOUR);
}

/** Most people order within days, some after weeks. */
function thinkingTime(chance: Chance): number {
  return chance.hits(0.5) ? chance.between(1, 48) * HOUR : chance.between(2, 70) * DAY;
}

function codesFor(chance: Chance, { codes }: Manner, setup: Setup): string[] {
  return codes.map((owner) =>
    typed(chance, owner === 'shop' ? chance.pick(SHOP_CODES) : chance.pick(setup.coupons).code),
  );
}

/** WooCommerce keeps codes in lower case; some shops' plugins don't. */
function typed(chance: Chance, code: string): string {
  return chance.hits(0.9) ? code.toLowerCase() : code;
}

/** Clicks that a shop's order can name, each named once. */
class Landings {
  readonly #free: SampleClick[];

  constructor(clicks: readonly SampleClick[]) {
    this.#free = clicks
      .filter((click) => click.clickId !== null && !NEVER_SELLS.has(click.partnerId))
      .sort((one, other) => one.at - other.at);
  }

  /** The first one from the earliest moment on, or some later one before the latest; null when there is none. */
  take(chance: Chance, earliest: number, latest: number): SampleClick | null {
    const from = this.#free.findIndex(({ at }) => at >= earliest);
    if (from === -1) return null;
    const index = from + chance.between(0, 5);
    const click = this.#free[index];
    if (click === undefined || click.at > latest) return null;
    this.#free.splice(index, 1);
    return click;
  }
}

/** Cases that chance alone would not bring: the ends of the window, self-referrals, the smallest partners. */
function arranged(chance: Chance, setup: Setup, clicks: readonly SampleClick[]): Purchase[] {
  const landing = (partnerId: string, after: string): SampleClick => {
    const found = clicks.find(
      (click) =>
        click.clickId !== null && click.partnerId === partnerId && click.at >= Date.parse(after),
    );
    if (found === undefined)
      throw new Error(`the sample has no landing of ${partnerId} after ${after}`);
    return found;
  };
  const order = (
    click: SampleClick,
    placedAt: number,
    change: Partial<Purchase> = {},
  ): Purchase => ({
    ...basket(chance),
    placedAt,
    couponCodes: [],
    clickId: click.clickId,
    visitorId: null,
    ip: click.ip,
    agent: click.agent,
    utmSource: click.partnerId,
    ...change,
  });
  const soon = (click: SampleClick, change: Partial<Purchase> = {}) =>
    order(click, click.at + chance.between(5, 55) * MINUTE, change);
  const own = (partnerId: string, after: string) =>
    soon(landing(partnerId, after), {
      customer: { ...customerOf(chance), email: ownAddress(setup, partnerId) },
    });
  const onTheEdge = landing('woonblog', '2026-04-21T08:00:00Z');
  const beyond = landing('verbouwhulp', '2026-04-24T08:00:00Z');
  const quickscan = { products: [QUICKSCAN], printed: false };
  return [
    order(onTheEdge, onTheEdge.at + 90 * DAY),
    order(beyond, beyond.at + 90 * DAY + SECOND),
    soon(landing('duurzaamdak', '2026-07-14T08:00:00Z'), quickscan),
    soon(landing('duurzaamdak', '2026-08-20T08:00:00Z'), quickscan),
    soon(landing('tinyhouse-tips', '2026-07-22T08:00:00Z'), {
      customer: { ...customerOf(chance), email: REFUNDED_CUSTOMER },
    }),
    own('woonblog', '2026-07-08T08:00:00Z'),
    own('verbouwhulp', '2026-08-11T08:00:00Z'),
    own('studio-kade', '2026-09-01T08:00:00Z'),
  ];
}

/** People don't type their own address the way they registered it. */
function ownAddress(setup: Setup, partnerId: string): string {
  const email = setup.partners.find((partner) => partner.partnerId === partnerId)?.email ?? '';
  return `${email.slice(0, 1).toUpperCase()}${email.slice(1)}`;
}

/** Whoever orders under this address gets everything back. */
export const REFUNDED_CUSTOMER = 'bedenktijd@post.example';
