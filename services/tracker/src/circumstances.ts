import type { ConsentSignal, EventPayload } from '@provisie/domain';
import type { Context } from 'hono';
import type { TrackerOptions } from './tracker-options.ts';
import { readUserAgent } from './user-agent.ts';

export type Circumstances = Pick<
  EventPayload<'ClickRecorded'>,
  'bot' | 'consent' | 'country' | 'device' | 'browser' | 'ipHash'
>;

/** What a touch tells of the request that brought it, without telling who sent it; `ipHash` as `hashAddress` gives it. */
export function readCircumstances(
  { req: { raw: request } }: Context,
  options: TrackerOptions,
  ipHash: string | null,
  consent: ConsentSignal,
): Circumstances {
  const country = options.country?.(request) ?? null;
  const userAgent = request.headers.get('user-agent') ?? '';
  return {
    bot: false,
    consent,
    ...readUserAgent(userAgent, request.headers),
    ...(country !== null && { country }),
    ...(ipHash !== null && { ipHash }),
  };
}

/** Null: it isn't known where the request comes from. */
export function hashAddress(context: Context, options: TrackerOptions): Promise<string | null> {
  const address = options.clientAddress(context);
  return address === null ? Promise.resolve(null) : options.ipHasher.hash(address, options.now());
}

/** Global Privacy Control: a legally binding objection in some places, respected everywhere. */
export function objectsToTracking(headers: Headers): boolean {
  return headers.get('sec-gpc')?.trim() === '1';
}

/** The host of the page that the visitor came from. */
export function readReferrerHost(referrer: string | null): string | null {
  const address = referrer === null ? null : URL.parse(referrer);
  const host = address?.hostname ?? '';
  return host === '' || host.length > 253 ? null : host;
}
