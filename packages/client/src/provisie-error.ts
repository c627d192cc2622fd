import type { components } from './api-types.ts';

/** Problem details (RFC 9457); some kinds have members of their own, such as `differences`. */
export type Problem = components['schemas']['Problem'] & Readonly<Record<string, unknown>>;

/** One bad value: where it stands, what is wrong with it, what would be right. */
export type FieldError = NonNullable<Problem['errors']>[number];

/** What a failure is made of; without a problem, what stands in for one. */
interface Failure {
  /** Method and path as the API describes them, such as `POST /v1/orders`; nothing that a caller filled in. */
  readonly request: string;
  readonly problem: Problem | { readonly code: string; readonly detail: string };
  /** Of the answer; 0 when there was none. */
  readonly status: number;
  readonly retryAfterMs?: number | null;
  readonly cause?: unknown;
}

/**
 * What a call rejects with that wasn't carried out. The message says all of it, values that aren't right included, and
 * never holds the access key.
 */
export class ProvisieError extends Error {
  override readonly name = 'ProvisieError';
  /**
   * Stable: what programs look at. That of a problem of the API, such as `order_conflict`; or `no_answer`; or
   * `unexpected_answer`, which something else gave: a proxy, a login page.
   */
  readonly code: string;
  /** For people: what was wrong this time, and what to do. */
  readonly detail: string;
  /** Of the last answer; 0 for `no_answer`. */
  readonly status: number;
  /** The values that aren't right; empty when it isn't about values. */
  readonly errors: readonly FieldError[];
  /** What to tell when asking about it: the merchant's log has it. */
  readonly requestId: string | null;
  /** For so long, the server asked not to be called again. */
  readonly retryAfterMs: number | null;
  /** The whole of it, as it was answered. */
  readonly problem: Problem | null;

  constructor({ request, problem, status, retryAfterMs = null, cause }: Failure) {
    const told = 'type' in problem ? problem : null;
    const errors = told?.errors ?? [];
    const answer = status === 0 ? problem.code : `${String(status)} ${problem.code}`;
    const message = `${request}: ${answer}: ${problem.detail}${errors.map(inWords).join('')}`;
    super(message, cause === undefined ? {} : { cause });
    this.code = problem.code;
    this.detail = problem.detail;
    this.status = status;
    this.errors = errors;
    this.requestId = told?.instance?.replace('urn:request:', '') ?? null;
    this.retryAfterMs = retryAfterMs;
    this.problem = told;
  }
}

function inWords({ path, problem, expected }: FieldError): string {
  return `\n  ${path}: ${problem}${expected === undefined ? '' : ` (expected: ${expected})`}`;
}
