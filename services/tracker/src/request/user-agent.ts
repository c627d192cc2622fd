import { getParser } from 'bowser';
import { isbot } from 'isbot';
import { createMemory } from './memory.ts';
import type { RequestHeaders } from '../tracker-context.ts';

type Device = 'desktop' | 'mobile' | 'tablet' | 'other';

/** Fetch a page to show what is behind a link, before or without a person following it. */
const LINK_PREVIEWS =
  /facebookexternalhit|facebot|whatsapp|telegrambot|twitterbot|slackbot|slack-imgproxy|discordbot|linkedinbot|pinterest\/0|skypeuripreview|snap url preview|redditbot|mastodon|iframely|embedly|vkshare|microsoftpreview|google-pagerenderer|googlemessages/i;

export type Sender = 'person' | 'link_preview' | 'bot';

/** Who a user agent speaks for, as far as it says. An empty one is a bot too: every browser sends one. */
export function senderOf(userAgent: string): Sender {
  return senders(userAgent, () => {
    if (LINK_PREVIEWS.test(userAgent)) return 'link_preview';
    return userAgent.trim() === '' || isbot(userAgent) ? 'bot' : 'person';
  });
}

/** Fetched by the browser on a guess (`Sec-Purpose`; `Purpose` and `X-Moz` in older ones): nobody followed it yet. */
export function isPrefetch(headers: RequestHeaders): boolean {
  return PURPOSES.some((name) => {
    const purpose = headers.get(name);
    return purpose !== null && /prefetch|prerender|preview/i.test(purpose);
  });
}

const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const;

/** What a person's browser is, without versions: enough for statistics, too little to recognise anybody. */
interface Browser {
  readonly device: Device;
  readonly browser?: string;
}

export function readUserAgent(headers: RequestHeaders): Browser {
  const agent = headers.get('user-agent') ?? '';
  const brands = headers.get('sec-ch-ua') ?? '';
  const mobile = headers.get('sec-ch-ua-mobile') === '?1';
  // No header holds a line end, so none of these is another.
  const key = brands === '' && !mobile ? agent : `${agent}\n${String(mobile)}\n${brands}`;
  return browsers(key, () => parseBrowser(agent, brands, mobile));
}

function parseBrowser(agent: string, brands: string, mobile: boolean): Browser {
  // Skipping at first, it parses what it is asked for only.
  const parser = getParser(agent, true, { brands: readBrands(brands), mobile });
  const browser = parser.getBrowserName().slice(0, 40).toWellFormed();
  return { device: asDevice(parser.getPlatformType(true)), ...(browser !== '' && { browser }) };
}

/** A few thousand agents make up nearly all traffic, and judging one takes longer than all else of a click. */
const senders = createMemory<Sender>();
const browsers = createMemory<Browser>();

function asDevice(platform: string): Device {
  switch (platform) {
    case 'desktop':
    case 'mobile':
    case 'tablet':
      return platform;
    default:
      return 'other';
  }
}

function readBrands(header: string) {
  return [...header.matchAll(/"(?<brand>[^"]{1,40})";\s*v="(?<version>[^"]{1,20})"/g)].map(
    ({ groups }) => ({ brand: groups?.['brand'] ?? '', version: groups?.['version'] ?? '' }),
  );
}
