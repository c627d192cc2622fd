import type { ConsentSignal, EventPayload } from '@provisie/domain';
import type { Draft } from './draft.ts';
import type { RequestHeaders, TrackerContext } from '../tracker-context.ts';
import type { TrackerOptions } from '../tracker-options.ts';
import { readUserAgent } from './user-agent.ts';

export type Circumstances = Pick<
  EventPayload<'ClickRecorded'>,
  'bot' | 'consent' | 'country' | 'device' | 'browser' | 'ipHash'
>;

/** Known of a request beyond its headers. */
export interface Known {
  /** As `TrackerOptions.country` tells it. */
  readonly country: string | null;
  /** As `hashAddress` gives it. */
  readonly ipHash: string | null;
  readonly consent: ConsentSignal;
}

/** What a touch tells of the request that brought it, without telling who sent it. */
export function readCircumstances(
  headers: RequestHeaders,
  { country, ipHash, consent }: Known,
): Circumstances {
  const { device, browser } = readUserAgent(headers);
  const circumstances: Draft<Circumstances> = { bot: false, consent, device };
  if (browser !== undefined) circumstances.browser = browser;
  if (country !== null) circumstances.country = country;
  if (ipHash !== null) circumstances.ipHash = ipHash;
  return circumstances;
}

/** Null: it isn't known where the request comes from. */
export function hashAddress(
  context: TrackerContext,
  options: TrackerOptions,
): Promise<string | null> {
  const address = options.clientAddress(context);
  return address === null ? Promise.resolve(null) : options.ipHasher.hash(address, options.now());
}

/** Global Privacy Control: a legally binding objection in some places, respected everywhere. */
export function objectsToTracking(headers: RequestHeaders): boolean {
  return headers.get('sec-gpc')?.trim() === '1';
}

/** The host of the page that the visitor came from. */
export function readReferrerHost(referrer: string | null): string | null {
  const address = referrer === null ? null : URL.parse(referrer);
  const host = address?.hostname ?? '';
  return host === '' || host.length > 253 ? null : host;
}
