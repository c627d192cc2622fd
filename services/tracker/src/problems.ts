/** By code: the status and a title that never changes. The codes that services share are those of `@provisie/http`. */
const PROBLEMS = {
  malformed_code: { status: 400, title: 'This is not a link code' },
  foreign_destination: { status: 400, title: 'The link does not lead there' },
  invalid_request: { status: 400, title: 'The request is not valid' },
  foreign_origin: { status: 403, title: 'Beacons are not taken from this site' },
  not_found: { status: 404, title: 'There is nothing here' },
  unknown_code: { status: 404, title: 'There is no such link' },
  unknown_programme: { status: 404, title: 'There is no such programme' },
  method_not_allowed: { status: 405, title: 'The method does not fit the address' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body has a media type that is not read here' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  not_recorded: { status: 503, title: 'The beacon could not be recorded' },
} as const;

/** One bad value: where it stands (a JSON pointer into the body, or `query/url`), what is wrong, what would be right. */
export interface ProblemLocation {
  readonly path: string;
  readonly problem: string;
  readonly expected?: string;
}

export interface ProblemOptions {
  readonly errors?: readonly ProblemLocation[];
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The answer to a request that can't be served: a problem document (RFC 9457) as all services give it, never
 * kept by a cache. Made here, because `@provisie/http` needs Node and the tracker runs on edge runtimes too.
 */
export function problemAnswer(
  code: keyof typeof PROBLEMS,
  detail: string,
  { errors, headers }: ProblemOptions = {},
): Response {
  const type = `urn:provisie:problem:${code}`;
  const details = { type, ...PROBLEMS[code], code, detail, ...(errors && { errors }) };
  return new Response(JSON.stringify(details), {
    status: details.status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Cache-Control': 'no-store',
      ...headers,
    },
  });
}
