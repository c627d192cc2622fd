import { FEWER_SPAN_DAYS, SPAN_DAYS } from './spans.ts';

/** By what touches and orders are told apart, apart from the day. */
export type Dimension = 'partner' | 'programme' | 'link' | 'coupon' | 'campaign';

/** Sums that are kept: of all that is equal in these dimensions. */
export interface Grouping {
  readonly name: string;
  readonly by: readonly Dimension[];
  /** The spans in which they are kept, the longest first. */
  readonly spanDays: readonly number[];
}

function kept(name: string, by: readonly Dimension[]): Grouping {
  return { name, by, spanDays: SPAN_DAYS };
}

function keptFine(name: string, by: readonly Dimension[]): Grouping {
  return { name, by, spanDays: FEWER_SPAN_DAYS };
}

/** The finest grouping of touches, of which all others are made. */
export const PLACE = 'place';

export const PLACES = keptFine(PLACE, ['link', 'campaign']);

/** Of touches, from coarse to fine. Whose a link is, is known: it tells its partner and programme too. */
export const TOUCH_GROUPINGS: readonly Grouping[] = [
  kept('programme', ['programme']),
  kept('campaign', ['programme', 'campaign']),
  kept('partner', ['partner']),
  kept('link', ['link']),
  PLACES,
];

const SEVERAL_PLACES: readonly (readonly Dimension[])[] = [
  [],
  ['campaign'],
  ['partner'],
  ['partner', 'campaign'],
  ['programme'],
  ['programme', 'campaign'],
  ['partner', 'programme'],
  ['partner', 'programme', 'campaign'],
  ['link'],
];

/** Every group that holds several places: any of these may be asked for, and a visitor counts once in it. */
export const REPEAT_GROUPINGS: readonly Grouping[] = SEVERAL_PLACES.map((by) =>
  kept(by.join(), by),
);

/** The finest grouping of orders. */
export const EVERY_ORDER = 'all';

export const EVERY = keptFine(EVERY_ORDER, ['partner', 'programme', 'link', 'coupon', 'campaign']);

/** Of orders, from coarse to fine. */
export const ORDER_GROUPINGS: readonly Grouping[] = [
  kept('programme', ['programme']),
  kept('campaign', ['programme', 'campaign']),
  kept('partner', ['partner', 'programme']),
  kept('link', ['partner', 'programme', 'link']),
  kept('coupon', ['partner', 'programme', 'coupon']),
  EVERY,
];

/** Of which touches, or visitors, are added up. */
export interface TouchGroup {
  readonly partner_id: string;
  readonly programme_id: string;
  readonly link_code: string;
  readonly campaign: string;
}

export interface OrderGroup extends TouchGroup {
  readonly coupon_code: string;
}

/** The group of the grouping that a finer one lies in. */
export function touchGroup(of: TouchGroup, { by }: Grouping): TouchGroup {
  return {
    partner_id: by.includes('partner') ? of.partner_id : '',
    programme_id: by.includes('programme') ? of.programme_id : '',
    link_code: by.includes('link') ? of.link_code : '',
    campaign: by.includes('campaign') ? of.campaign : '',
  };
}

export function orderGroup(of: OrderGroup, grouping: Grouping): OrderGroup {
  const coupon_code = grouping.by.includes('coupon') ? of.coupon_code : '';
  return { ...touchGroup(of, grouping), coupon_code };
}

export function isInOneGroup(one: TouchGroup, other: TouchGroup, { by }: Grouping): boolean {
  return (
    (!by.includes('partner') || one.partner_id === other.partner_id) &&
    (!by.includes('programme') || one.programme_id === other.programme_id) &&
    (!by.includes('link') || one.link_code === other.link_code) &&
    (!by.includes('campaign') || one.campaign === other.campaign)
  );
}

export function nameOfGroup({ partner_id, programme_id, link_code, campaign }: TouchGroup): string {
  return `${partner_id} ${programme_id} ${link_code} ${campaign}`;
}
