import type { Principal } from './access/principal.ts';

/** What makes a repeated request recognisable. */
export interface Idempotency {
  /** The parts of a name for the request: access key, method and path, and the caller's Idempotency-Key. */
  readonly name: readonly [keyId: string, request: string, key: string];
  /** SHA-256 of the body, hex: the same name with another hash is a mistake of the caller. */
  readonly requestHash: string;
}

/** What the middleware of this package leaves on the context for the handlers. */
export interface HttpEnv {
  Variables: {
    requestId: string;
    /** Set by `bearerAuth`. */
    principal: Principal;
    /** Set by `idempotency`; null when the caller gave no key. */
    idempotency: Idempotency | null;
    /** The code of the problem that was answered, for the access log. */
    problemCode: string;
  };
}
