import { MILLISECONDS_PER_DAY } from '@provisie/domain';

/** How much a made-up merchant sells: every week the same number of orders, with other customers. */
export interface TradeShape {
  readonly weeks: number;
  readonly partners: number;
  readonly ordersPerWeek: number;
  readonly touchesPerOrder: number;
}

/** Two years of about ten thousand orders and a hundred thousand touches a week: a million and ten million. */
export const TWO_YEARS: TradeShape = {
  weeks: 104,
  partners: 800,
  ordersPerWeek: 9616,
  touchesPerOrder: 10,
};

export const DAYS_PER_WEEK = 7;
export const WEEK_MS = DAYS_PER_WEEK * MILLISECONDS_PER_DAY;
/** Of programmes, partners, links and coupons: a Monday, the day before the first week. */
export const OPENED_AT = Date.UTC(2024, 0, 1);
const FIRST_WEEK_AT = OPENED_AT + MILLISECONDS_PER_DAY;

/** The last weeks wait for their payout. */
const OPEN_WEEKS = 4;

export function startOfWeek(week: number): number {
  return FIRST_WEEK_AT + week * WEEK_MS;
}

/**
 * So long after the beginning of a week that is made of the hours from three to twenty-one, UTC: then it is the same day
 * in the Netherlands, in summer as in winter, so that every week has the same days.
 */
export function momentOfWeek(week: number, ms: number): number {
  const days = Math.floor(ms / MILLISECONDS_PER_DAY);
  const ofDay = Math.floor(((ms % MILLISECONDS_PER_DAY) * 3) / 4) + MILLISECONDS_PER_DAY / 8;
  return startOfWeek(week) + days * MILLISECONDS_PER_DAY + ofDay;
}

/** The moment at which the API is asked: all that happens to the orders of the last week has happened. */
export function nowOf({ weeks }: TradeShape): number {
  return startOfWeek(weeks) + 5 * MILLISECONDS_PER_DAY;
}

export function isPaidOut(week: number, { weeks }: TradeShape): boolean {
  return week < weeks - OPEN_WEEKS;
}

/** Stands between two hyphens in every id of a week, also in UUIDs, so that no two weeks share one. */
export function markOfWeek(week: number): string {
  return `c${week.toString(16).padStart(3, '0')}`;
}

/** The partner with a fifth of all orders and touches. */
export const LARGEST = 0;
const LINKS_OF_LARGEST = 12;
export const PROGRAMMES = ['webshop', 'outlet', 'abroad'] as const;

export const partnerIdOf = (partner: number) => `partner-${partner}`;
export const couponOf = (partner: number) => `PARTNER-${partner}`;
export const linkOf = (partner: number, link: number) => `link-${partner}-${link}`;
export const linksOf = (partner: number) =>
  partner === LARGEST ? LINKS_OF_LARGEST : 1 + (partner % 3);

/** Of the `link`-th link of a partner; its coupon belongs to that of the first. */
export function programmeOf(partner: number, link: number): string {
  return PROGRAMMES[(partner + link) % PROGRAMMES.length] ?? PROGRAMMES[0];
}

/** A number from 0 to below 1 that is always the same for the same two numbers and looks like any. */
export function chance(n: number, purpose: number): number {
  let mixed = Math.imul(n + 1, 0x9e3779b1) ^ Math.imul(purpose + 1, 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** A fifth of everything is the largest's; of the others few have most of the rest. */
export function partnerBehind(n: number, { partners }: TradeShape, purpose: number): number {
  if (n % 5 === 0 || partners === 1) return LARGEST;
  return 1 + Math.floor((partners - 1) * chance(n, purpose) ** 2.5);
}
