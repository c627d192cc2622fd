import type { EventPayload } from '@provisie/domain';

export const LINKS = 500;
const VISITORS = 40_000;
/** Come from the same visitors, 25 from each; the next as many from others, for nobody clicks for ever. */
const CLICKS_OF_VISITORS = 1_000_000;

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');

/** The `n`-th click of a made-up log: 500 links, 40,000 visitors per million clicks, the fields of a real click. */
export function clickData(n: number): EventPayload<'ClickRecorded'> {
  return {
    touchId: `0190a5c0-0000-7000-8000-${hex(n, 12)}`,
    linkCode: `partner-${(n * 7919) % LINKS}`,
    visitorId: `visitor-${hex(visitorOf(n), 8)}`,
    utm: { source: 'instagram', medium: 'social', campaign: `campaign-${n % 12}` },
    bot: false,
    consent: 'unknown',
    country: 'NL',
    device: n % 3 === 0 ? 'desktop' : 'mobile',
    browser: 'Safari',
    referrerHost: 'www.instagram.com',
  };
}

function visitorOf(n: number): number {
  const before = Math.floor(n / CLICKS_OF_VISITORS) * VISITORS;
  return before + ((n * 104_729) % VISITORS);
}
