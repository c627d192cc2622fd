import type { TrackerRequest } from '../tracker-context.ts';

/**
 * Reads the country that a proxy in front worked out, such as Cloudflare's `CF-IPCountry` or CloudFront's
 * `CloudFront-Viewer-Country`. `XX` (unknown) and `T1` (Tor) are no countries. Use it only behind a proxy that
 * overwrites the header. Null: no country is ever known.
 */
export function countryFromHeader(name: string | null): (request: TrackerRequest) => string | null {
  if (name === null) return () => null;
  return (request) => {
    const country = request.headers.get(name)?.trim().toUpperCase() ?? '';
    return /^[A-Z]{2}$/.test(country) && country !== 'XX' ? country : null;
  };
}
