import { ProvisieError } from './provisie-error.ts';
import type { Problem } from './provisie-error.ts';
import { mayPass, pause, pauseMs, retryAfterMs } from './repeating.ts';

/** How long a call may take. */
export interface Patience {
  /** Of one attempt, its answer included. Default 30,000: the server gives itself as much. */
  readonly timeoutMs: number;
  /** No attempt begins later than so long after the first. Default 60,000; with 0 there is one attempt. */
  readonly patienceMs: number;
}

export interface Sender extends Patience {
  /** Without a slash at the end. */
  readonly server: string;
  readonly key: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/** A request that may be carried out any number of times: a read, or a write that carries an Idempotency-Key. */
export interface ApiRequest {
  /** For people: method and path, nothing filled in. */
  readonly name: string;
  readonly method: string;
  /** What follows the server. */
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly signal: AbortSignal | undefined;
}

/** Sends a request until it gets an answer that won't pass, or patience ends. Resolves to what `read` makes of a good one. */
export async function send<Content>(
  sender: Sender,
  request: ApiRequest,
  read: (response: Response) => Promise<Content>,
): Promise<Content> {
  const { signal } = request;
  const startedAt = Date.now();
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted();
    try {
      return await attemptOnce(sender, request, read);
    } catch (error) {
      signal?.throwIfAborted();
      const failure = error instanceof ProvisieError ? error : unanswered(sender, request, error);
      const waitMs = pauseMs(attempt, failure.retryAfterMs);
      const isTooLate = Date.now() - startedAt + waitMs > sender.patienceMs;
      if (isTooLate || !mayPass(failure)) throw failure;
      await pause(waitMs, signal);
    }
  }
}

/** The content is read here, so that a connection that breaks within it fails the attempt. */
async function attemptOnce<Content>(
  { server, key, fetch, timeoutMs }: Sender,
  { name, method, address, headers, body, signal }: ApiRequest,
  read: (response: Response) => Promise<Content>,
): Promise<Content> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const response = await fetch(server + address, {
    method,
    headers: { ...headers, authorization: `Bearer ${key}` },
    body,
    // A key is for the address that was given; and a redirected POST would become a GET.
    redirect: 'manual',
    signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
  });
  if (response.ok) return read(response);
  throw refused(name, response, jsonIn(await response.text()));
}

function unanswered({ server }: Sender, { name }: ApiRequest, cause: unknown): ProvisieError {
  const problem = { code: 'no_answer', detail: `${server} gave no answer, or not all of one.` };
  return new ProvisieError({ request: name, problem, status: 0, cause });
}

function refused(request: string, response: Response, body: unknown): ProvisieError {
  if (!isProblem(body)) return unexpected(request, response);
  const { status, headers } = response;
  const asked = retryAfterMs(headers.get('retry-after'), Date.now());
  return new ProvisieError({ request, problem: body, status, retryAfterMs: asked });
}

/** For an answer that isn't Provisie's. */
export function unexpected(request: string, { status, headers }: Response): ProvisieError {
  const to = headers.get('location');
  const what = to === null ? `is ${headers.get('content-type') ?? 'empty'}` : `sends on to ${to}`;
  const problem = {
    code: 'unexpected_answer',
    detail: `What answered isn't Provisie: it ${what}. Is baseUrl right?`,
  };
  const asked = retryAfterMs(headers.get('retry-after'), Date.now());
  return new ProvisieError({ request, problem, status, retryAfterMs: asked });
}

/** Undefined for a text that is no JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is Problem {
  return (
    typeof body === 'object' &&
    body !== null &&
    'type' in body &&
    String(body.type).startsWith('urn:provisie:problem:') &&
    'code' in body &&
    typeof body.code === 'string' &&
    'detail' in body &&
    typeof body.detail === 'string'
  );
}
