import { secureHeaders } from 'hono/secure-headers';

/** For answers that are read by programs: nothing may be run, framed or kept by a browser. */
export function apiSecurityHeaders() {
  return secureHeaders({
    contentSecurityPolicy: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    referrerPolicy: 'no-referrer',
    xFrameOptions: 'DENY',
    crossOriginResourcePolicy: 'same-origin',
    // A handler that serves a page sets a policy of its own.
    overwrite: false,
  });
}
