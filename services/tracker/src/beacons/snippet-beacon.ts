import { readCampaign } from '../request/campaign.ts';
import { readReferrerHost } from '../request/circumstances.ts';

/** What the snippet says of a page. */
interface Page {
  /** The parts of its address that lead back to a partner, as they stand there: `?ref=woonblog`, `&utm_source=blog`. */
  readonly search: readonly string[];
  readonly path: string;
  /** All that the browser tells of the page before; its host is kept. */
  readonly referrer: string;
}

/** One call of the page, by its name. What isn't read here is left to the schema of beacons. */
interface SnippetBeacon {
  readonly visit?: Page;
  readonly coupon?: unknown;
  readonly identify?: object;
  /** When it was made, by the visitor's clock. */
  readonly at: number;
  readonly consent?: unknown;
}

/**
 * The beacon that the snippet means: to stay small it says things as it finds them. What others send, and older
 * copies of the snippet, is a beacon already.
 */
export function spelledOut(sent: unknown): unknown {
  if (!isSnippetBeacon(sent)) return sent;
  const { visit, coupon, identify, at, consent, ...rest } = sent;
  const envelope = { ...rest, id: idOf(at), consent: consent ? 'granted' : 'unknown' };
  if (visit !== undefined) return { ...envelope, type: 'visit', ...visitSaid(visit) };
  if (identify !== undefined) return { ...identify, ...envelope, type: 'identify' };
  return coupon === undefined ? sent : { ...envelope, type: 'coupon', code: coupon };
}

/** A glance: what it makes of it has to pass the schema of beacons all the same. */
function isSnippetBeacon(sent: unknown): sent is SnippetBeacon {
  if (!isObject(sent) || !('at' in sent) || !Number.isSafeInteger(sent.at)) return false;
  if ('visit' in sent && sent.visit !== undefined && !isPage(sent.visit)) return false;
  return !('identify' in sent) || sent.identify === undefined || isObject(sent.identify);
}

function isPage(said: unknown): said is Page {
  if (!isObject(said) || !('search' in said && 'path' in said && 'referrer' in said)) return false;
  const { search, path, referrer } = said;
  const isSearch = Array.isArray(search) && search.every((part) => typeof part === 'string');
  return isSearch && typeof path === 'string' && typeof referrer === 'string';
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A visitor doesn't say the same twice in one millisecond, so the time tells beacons apart. */
function idOf(at: number): string {
  return String(at).padStart(16, '0');
}

/** When the snippet made the beacon of this id; null of one that isn't the snippet's. */
export function timeIn(id: string): number | null {
  return /^\d{16}$/.test(id) ? Number(id) : null;
}

function visitSaid({ search, path, referrer }: Page) {
  const asked = new URLSearchParams(search.join(''));
  return {
    ref: asked.get('ref') ?? undefined,
    clickId: asked.get('click_id') ?? undefined,
    utm: readCampaign(asked).utm,
    path,
    referrerHost: readReferrerHost(referrer) ?? undefined,
  };
}
