import { getParser } from 'bowser';
import { isbot } from 'isbot';

export type Device = 'desktop' | 'mobile' | 'tablet' | 'other';

/** Fetch a page to show what is behind a link, before or without a person following it. */
const LINK_PREVIEWS =
  /facebookexternalhit|facebot|whatsapp|telegrambot|twitterbot|slackbot|slack-imgproxy|discordbot|linkedinbot|pinterest\/0|skypeuripreview|snap url preview|redditbot|mastodon|iframely|embedly|vkshare|microsoftpreview|google-pagerenderer|googlemessages/i;

export function isLinkPreview(userAgent: string): boolean {
  return LINK_PREVIEWS.test(userAgent);
}

/** An empty user agent is a bot too: every browser sends one. */
export function isBot(userAgent: string): boolean {
  return userAgent.trim() === '' || isbot(userAgent);
}

/** Fetched by the browser on a guess (`Sec-Purpose`; `Purpose` and `X-Moz` in older ones): nobody followed it yet. */
export function isPrefetch(headers: Headers): boolean {
  return ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'].some((name) => {
    const purpose = headers.get(name)?.toLowerCase() ?? '';
    return /prefetch|prerender|preview/.test(purpose);
  });
}

/** Device and browser, without versions: enough for statistics, too little to recognise a person. */
export function readUserAgent(headers: Headers): { device: Device; browser?: string } {
  const parser = getParser(headers.get('user-agent') ?? '', {
    brands: readBrands(headers.get('sec-ch-ua') ?? ''),
    mobile: headers.get('sec-ch-ua-mobile') === '?1',
  });
  const browser = parser.getBrowserName().slice(0, 40).toWellFormed();
  return { device: asDevice(parser.getPlatformType(true)), ...(browser !== '' && { browser }) };
}

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
