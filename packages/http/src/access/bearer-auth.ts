import { createMiddleware } from 'hono/factory';
import type { HttpEnv } from '../environment.ts';
import { httpProblem, ProblemError } from '../problem.ts';
import type { RequestCounter } from '../rate-limit.ts';
import { hashApiKey, isApiKey } from './api-key.ts';
import type { KeyRing, Principal } from './principal.ts';

const SCHEME = /^Bearer ([^\s]+)$/i;

/**
 * Lets a request through whose key has one of the scopes, and leaves its `principal` on the context.
 * No valid key: 401 with `WWW-Authenticate`, or 429 when `countUnknown` has counted too many of them. A key
 * without any of the scopes: 403 naming them.
 */
export function bearerAuth(
  keyRing: KeyRing,
  scopes: readonly string[],
  countUnknown: RequestCounter | null = null,
) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const principal = authenticate(keyRing, c.req.header('Authorization'));
    if (principal instanceof ProblemError) {
      const headers = (await countUnknown?.(c)) ?? {};
      for (const [name, value] of Object.entries(headers)) c.header(name, value);
      throw principal;
    }
    if (!scopes.some((scope) => principal.scopes.includes(scope))) {
      throw missingScope(scopes, principal);
    }
    c.set('principal', principal);
    await next();
  });
}

function authenticate(keyRing: KeyRing, header: string | undefined): Principal | ProblemError {
  if (header === undefined) {
    return unauthenticated('Bearer', 'Send the header `Authorization: Bearer pv_live_…`.');
  }
  const secret = SCHEME.exec(header)?.[1];
  if (secret === undefined || !isApiKey(secret)) {
    return unauthenticated(
      'Bearer error="invalid_token"',
      'This is no access key: it is mistyped or cut off. Keys look like `pv_live_…`.',
    );
  }
  const principal = keyRing.find(hashApiKey(secret));
  if (principal === null) {
    return unauthenticated(
      'Bearer error="invalid_token"',
      'The access key is not known here, or it was revoked.',
    );
  }
  return principal;
}

function unauthenticated(challenge: string, detail: string) {
  return httpProblem('not_authenticated', detail, { headers: { 'WWW-Authenticate': challenge } });
}

function missingScope(scopes: readonly string[], principal: Principal) {
  const needed = scopes.map((scope) => `\`${scope}\``).join(' or ');
  return httpProblem(
    'scope_missing',
    `This needs a key with the scope ${needed}; yours has ${principal.scopes.join(', ')}.`,
    {
      headers: {
        'WWW-Authenticate': `Bearer error="insufficient_scope", scope="${scopes.join(' ')}"`,
      },
      extensions: { neededScopes: scopes },
    },
  );
}
