import { clicksOf, type OracleClick } from './clicks.ts';
import { setupFile, type OracleSetup } from './files.ts';
import { ordersOf, type OracleOrder } from './orders.ts';

interface ExpectedPartner {
  clicks: number;
  orders: number;
  commissionCents: number;
  pendingCents: number;
  payableCents: number;
  passesThreshold: boolean;
}

export interface Expected {
  partners: Map<string, ExpectedPartner>;
  /** Who brought each order and what it earned; orders that nobody brought are absent. */
  awards: Map<string, { partnerId: string; amountCents: number }>;
  clicks: OracleClick[];
  orders: OracleOrder[];
}

interface Brought {
  partnerId: string;
  programmeId: string;
}

const DAY = 24 * 60 * 60 * 1000;

type Changes = Partial<OracleSetup['programmes'][number]['terms']>;

/** As the sample is, but with other terms of a programme. */
export function setupWith(programmeId: string, changes: Changes): OracleSetup {
  const setup = setupFile();
  const programmes = setup.programmes.map((programme) =>
    programme.programmeId === programmeId
      ? { programmeId, terms: { ...programme.terms, ...changes } }
      : programme,
  );
  return { ...setup, programmes };
}

/** The rules of the programme once more, in the plainest way: every order against every list. */
export function expectedResult(setup = setupFile()): Expected {
  const clicks = clicksOf(setup.links);
  const orders = ordersOf();
  const partners = new Map<string, ExpectedPartner>();
  for (const { partnerId } of setup.partners) partners.set(partnerId, nothing());
  const codeOwner = new Map(setup.links.map((link) => [link.code, link.partnerId]));
  // It is summer in the Netherlands all that quarter.
  const from = Date.parse(`${setup.fromDay}T00:00:00+02:00`);
  const to = Date.parse(`${setup.toDay}T00:00:00+02:00`) + DAY;
  for (const click of clicks) {
    if (click.at >= from && click.at < to) of(partners, codeOwner.get(click.code)).clicks += 1;
  }
  const awards: Expected['awards'] = new Map();
  for (const order of orders) {
    const winner = winnerOf(setup, clicks, order);
    if (winner === null || order.cancelled) continue;
    const amountCents = rewardOf(setup, orders, order, winner);
    awards.set(order.id, { partnerId: winner.partnerId, amountCents });
    const partner = of(partners, winner.partnerId);
    partner.orders += 1;
    partner.commissionCents += amountCents;
    const isPayable = payableFrom(setup, order, winner) <= Date.parse(setup.balanceAt);
    if (isPayable) partner.payableCents += amountCents;
    else partner.pendingCents += amountCents;
  }
  for (const partner of partners.values()) partner.passesThreshold = partner.payableCents >= 5000;
  return { partners, awards, clicks, orders };
}

/** Who brought the order, whatever it earns; null when nobody did. */
function winnerOf(setup: OracleSetup, clicks: OracleClick[], order: OracleOrder): Brought | null {
  const coupon = couponOf(setup, order);
  const link = linkOf(setup, clicks, order);
  if (coupon && link) return termsOf(setup, coupon).precedence === 'coupon' ? coupon : link;
  return coupon ?? link;
}

function couponOf(setup: OracleSetup, order: OracleOrder): Brought | null {
  for (const code of order.codes) {
    const coupon = setup.coupons.find((each) => each.code === code);
    if (!coupon || !mayEarn(setup, coupon.partnerId, order)) continue;
    const { issuedAt, validUntil, withdrawnAt } = coupon;
    const tooEarly = order.placedAt < Date.parse(issuedAt);
    const tooLate = validUntil !== undefined && order.placedAt > Date.parse(validUntil);
    const withdrawn = withdrawnAt !== undefined && order.placedAt >= Date.parse(withdrawnAt);
    if (!tooEarly && !tooLate && !withdrawn) return coupon;
  }
  return null;
}

function linkOf(setup: OracleSetup, clicks: OracleClick[], order: OracleOrder): Brought | null {
  const named = clicks.find((click) => click.clickId !== null && click.clickId === order.clickId);
  if (!named) return null;
  let latest: { at: number; link: OracleSetup['links'][number] } | null = null;
  for (const click of clicks) {
    if (click.visitor !== named.visitor) continue;
    const link = setup.links.find((each) => each.code === click.code);
    if (!link || !mayEarn(setup, link.partnerId, order)) continue;
    const window = termsOf(setup, link).windowDays * DAY;
    const inWindow = click.at >= order.placedAt - window && click.at <= order.placedAt;
    const existed = click.at >= Date.parse(link.createdAt);
    if (inWindow && existed && (latest === null || click.at >= latest.at)) {
      latest = { at: click.at, link };
    }
  }
  return latest?.link ?? null;
}

/** The partner is one of ours at that moment, and isn't the customer. */
function mayEarn(setup: OracleSetup, partnerId: string, order: OracleOrder): boolean {
  const partner = setup.partners.find((each) => each.partnerId === partnerId);
  if (!partner || order.placedAt < Date.parse(partner.approvedAt)) return false;
  const suspended = partner.suspensions.some(
    ({ from, until }) =>
      order.placedAt >= Date.parse(from) &&
      (until === undefined || order.placedAt <= Date.parse(until)),
  );
  return !suspended && partner.email.toLowerCase() !== order.email;
}

function rewardOf(
  setup: OracleSetup,
  orders: OracleOrder[],
  order: OracleOrder,
  winner: Brought,
): number {
  if (order.baseCents === 0) return 0;
  const { reward } = termsOf(setup, winner);
  const earlier = orders.filter(
    (other) =>
      other.email === order.email &&
      !other.cancelled &&
      other.baseCents > 0 &&
      other.placedAt < order.placedAt,
  );
  const counted = reward.scope.orders === 'first_order' ? 1 : (reward.scope.count ?? Infinity);
  if (earlier.length >= counted) return 0;
  if (reward.kind === 'fixed') return reward.amountCents ?? 0;
  return Math.round((order.baseCents * (reward.rateBps ?? 0)) / 10_000);
}

function payableFrom(setup: OracleSetup, order: OracleOrder, winner: Brought): number {
  const { holdDays, holdFrom } = termsOf(setup, winner);
  if (holdFrom === 'placed') return order.placedAt + holdDays * DAY;
  return order.completedAt === null ? Infinity : order.completedAt + holdDays * DAY;
}

function termsOf(setup: OracleSetup, { programmeId }: { programmeId: string }) {
  const programme = setup.programmes.find((each) => each.programmeId === programmeId);
  if (!programme) throw new Error(`no programme ${programmeId} in the sample`);
  return programme.terms;
}

function of(partners: Map<string, ExpectedPartner>, partnerId: string | undefined) {
  const partner = partners.get(partnerId ?? '');
  if (!partner) throw new Error(`no partner ${partnerId} in the sample`);
  return partner;
}

function nothing(): ExpectedPartner {
  return {
    clicks: 0,
    orders: 0,
    commissionCents: 0,
    pendingCents: 0,
    payableCents: 0,
    passesThreshold: false,
  };
}
