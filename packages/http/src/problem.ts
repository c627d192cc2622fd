/** One kind of failure: its HTTP status and a title that never changes. */
export interface ProblemKind {
  readonly status: number;
  readonly title: string;
}
export type ProblemTable = Readonly<Record<string, ProblemKind>>;

/** The failures that every service shares, by their stable code. A service adds its own kinds. */
export const HTTP_PROBLEMS = {
  malformed_json: { status: 400, title: 'The body is not JSON' },
  invalid_request: { status: 400, title: 'The request is not valid' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  idempotency_key_missing: { status: 400, title: 'An Idempotency-Key is needed' },
  not_authenticated: { status: 401, title: 'A valid access key is needed' },
  scope_missing: { status: 403, title: 'The access key does not allow this' },
  not_found: { status: 404, title: 'There is nothing here' },
  method_not_allowed: { status: 405, title: 'The method is not answered here' },
  idempotency_in_progress: { status: 409, title: 'The same request is being handled' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'The body has a media type that is not read here' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used for something else' },
  rate_limited: { status: 429, title: 'Too many requests' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  request_timeout: { status: 503, title: 'The request took too long' },
  store_unavailable: { status: 503, title: 'The event store cannot be reached' },
  store_busy: { status: 503, title: 'The event store is busy' },
  store_full: { status: 507, title: 'The event store is full' },
} as const satisfies ProblemTable;
export type HttpProblemCode = keyof typeof HTTP_PROBLEMS;

/** One bad value: where it stands (a JSON pointer into the body, or `query/limit`), what is wrong, what would be right. */
export interface ProblemLocation {
  readonly path: string;
  readonly problem: string;
  readonly expected?: string;
}

/** The body of an RFC 9457 answer (`application/problem+json`), with our extensions. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** Stable; what programs look at. */
  readonly code: string;
  /** For people: what was wrong here, and what to do. */
  readonly detail: string;
  /** `urn:uuid:…` or the id of the request: what to tell when asking about it. */
  readonly instance?: string;
  readonly errors?: readonly ProblemLocation[];
  readonly [extension: string]: unknown;
}

export interface ProblemOptions {
  readonly errors?: readonly ProblemLocation[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Further members of the body. */
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** The stable address of a kind of failure; an identifier, not a page. */
function problemType(code: string): string {
  return `urn:provisie:problem:${code}`;
}

/** A failure on its way to the client; the error handler turns it into its answer. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly details: ProblemDetails;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: string, kind: ProblemKind, detail: string, options: ProblemOptions = {}) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.headers = options.headers ?? {};
    this.details = {
      type: problemType(code),
      title: kind.title,
      status: kind.status,
      code,
      detail,
      ...(options.errors ? { errors: options.errors } : {}),
      ...options.extensions,
    };
  }
}

/** Makes the function that turns a code of the table into a `ProblemError`. */
export function problemsOf<Table extends ProblemTable>(table: Table) {
  return (code: keyof Table & string, detail: string, options?: ProblemOptions): ProblemError => {
    const kind = table[code];
    if (kind === undefined) throw new Error(`no problem is called ${code}`);
    return new ProblemError(code, kind, detail, options);
  };
}

export const httpProblem = problemsOf(HTTP_PROBLEMS);

/** The answer that a failure becomes. */
export function responseOf(error: ProblemError, instance?: string): Response {
  const details = instance === undefined ? error.details : { ...error.details, instance };
  return new Response(JSON.stringify(details), {
    status: error.details.status,
    headers: { ...error.headers, 'Content-Type': 'application/problem+json' },
  });
}
