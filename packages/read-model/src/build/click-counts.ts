import { dayOf } from '@provisie/domain';
import { PLACE } from '../sums/groupings.ts';
import { campaignOf, type TouchPlace } from '../counting/performance-of-touches.ts';
import { utmOfText } from '../batch/touch-rows.ts';
import {
  flattening,
  placeIn,
  widthOf,
  type FlatRows,
  type FlatValues,
} from '../database/session.ts';
import type { VisitorDayTable } from '../tables/index.ts';

interface Counted extends TouchPlace {
  /** One for each click. */
  readonly visitorIds: string[];
}

const pushTouchSum = flattening('touch_sums');
/** Whose a place is, isn't part of it. */
const OF_PLACES = { grouping: PLACE, days: 1, partner_id: '', programme_id: '' };

const pushVisitorDay = flattening('visitor_days');

const WIDTH = widthOf('touches');
const KIND = placeIn('touches', 'kind');
const VISITOR_ID = placeIn('touches', 'visitor_id');
const OCCURRED_AT = placeIn('touches', 'occurred_at');
const LINK_CODE = placeIn('touches', 'link_code');
const UTM = placeIn('touches', 'utm');
const BOT = placeIn('touches', 'bot');

/** Counts clicks as `countTouches` does: each at the link that it names, whether or not there is such a link. */
export class ClickCounts {
  /** By link, campaign and day. */
  readonly #byLink = new Map<string, Map<string, Map<number, Counted>>>();
  readonly #all: Counted[] = [];
  /** By UTM values as rows hold them. */
  readonly #campaigns = new Map<string, string>();
  /** How many were counted. */
  clicks = 0;

  /** Rows of touches; those that aren't counted may be among them. */
  add(touches: FlatRows): void {
    for (let at = 0; at < touches.length; at += WIDTH) {
      if (touches[at + KIND] !== 'click' || touches[at + BOT] !== 0) continue;
      const place = {
        day: dayOf(Number(touches[at + OCCURRED_AT])),
        link_code: textOf(touches[at + LINK_CODE]),
        campaign: this.#campaignOf(textOf(touches[at + UTM])),
      };
      this.#add(place, textOf(touches[at + VISITOR_ID]));
    }
  }

  #campaignOf(utm: string): string {
    if (utm === '') return '';
    let campaign = this.#campaigns.get(utm);
    if (campaign === undefined) {
      campaign = campaignOf({ utm: utmOfText(utm) });
      this.#campaigns.set(utm, campaign);
    }
    return campaign;
  }

  #add({ day, link_code, campaign }: TouchPlace, visitorId: string): void {
    const byDay = inner(inner(this.#byLink, link_code), campaign);
    let counted = byDay.get(day);
    if (counted === undefined) {
      counted = { day, link_code, campaign, visitorIds: [] };
      byDay.set(day, counted);
      this.#all.push(counted);
    }
    counted.visitorIds.push(visitorId);
    this.clicks += 1;
  }

  /** In the order of their keys: rows that are neighbours are cheaper to insert one after the other. */
  rows(): { readonly touchSums: FlatRows; readonly visitorDays: FlatRows } {
    const touchSums: FlatValues = [];
    const visitors: VisitorDayTable[] = [];
    for (const { day, link_code, campaign, visitorIds } of this.#all.sort(byKey)) {
      // Who comes again on the day is known when all are loaded.
      const counts = { clicks: visitorIds.length, visits: 0, visitors: 0 };
      pushTouchSum(touchSums, { ...OF_PLACES, day, link_code, campaign, ...counts });
      for (const visitor_id of new Set(visitorIds)) {
        visitors.push({ day, visitor_id, link_code, campaign });
      }
    }
    const visitorDays: FlatValues = [];
    for (const visitor of visitors.sort(byVisitor)) pushVisitorDay(visitorDays, visitor);
    return { touchSums, visitorDays };
  }
}

/** Those of one visitor on one day as they are: they stay together. */
function byVisitor(a: VisitorDayTable, b: VisitorDayTable): number {
  if (a.day !== b.day) return a.day - b.day;
  if (a.visitor_id === b.visitor_id) return 0;
  return a.visitor_id < b.visitor_id ? -1 : 1;
}

function inner<Key, InnerKey, Value>(
  maps: Map<Key, Map<InnerKey, Value>>,
  key: Key,
): Map<InnerKey, Value> {
  let found = maps.get(key);
  if (found === undefined) {
    found = new Map();
    maps.set(key, found);
  }
  return found;
}

function byKey(a: Counted, b: Counted): number {
  if (a.day !== b.day) return a.day - b.day;
  if (a.link_code !== b.link_code) return a.link_code < b.link_code ? -1 : 1;
  return a.campaign < b.campaign ? -1 : 1;
}

function textOf(value: string | number | null | undefined): string {
  return typeof value === 'string' ? value : '';
}
