import type { Principal } from './access/principal.ts';
import type { Idempotency } from './idempotency.ts';

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
