import type { ConsentSignal, EventPayload } from '@provisie/domain';
import type { Context } from 'hono';
import type { TrackerOptions } from './tracker-options.ts';
import { readUserAgent } from './user-agent.ts';

export type Circumstances = Pick<
  EventPayload<'ClickRecorded'>,
  'bot' | 'consent' | 'country' | 'device' | 'browser' | 'ipHash'
>;

/** What a touch tells of the request that brought it, without telling who sent it. */
export async function readCircumstances(
  context: Context,
  options: TrackerOptions,
  consent: ConsentSignal,
): Promise<Circumstances> {
  const request = context.req.raw;
  const country = options.country?.(request) ?? null;
  const address = options.clientAddress(context);
  const ipHash = address === null ? null : await options.ipHasher.hash(address, options.now());
  return {
    bot: false,
    consent,
    ...readUserAgent(request.headers),
    ...(country !== null && { country }),
    ...(ipHash !== null && { ipHash }),
  };
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
