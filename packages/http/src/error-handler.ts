import type { Context, ErrorHandler, Hono, NotFoundHandler } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { METHOD_NAME_ALL } from 'hono/router';
import type { HttpEnv } from './environment.ts';
import { httpProblem, ProblemError, responseOf } from './problem.ts';
import type { HttpProblemCode } from './problem.ts';

/** Where failures that nobody expected are written. A pino logger fits. */
export interface ErrorLog {
  error(fields: object, message: string): void;
}

export interface ErrorHandlerOptions {
  readonly log: ErrorLog;
  /** Turns the named errors of other parts into problems; null for one it doesn't know. */
  readonly translate?: (error: Error) => ProblemError | null;
}

/** Answers every thrown error with a problem. What isn't expected becomes a 500 that only names the request. */
export function problemErrorHandler(options: ErrorHandlerOptions): ErrorHandler<HttpEnv> {
  return (error, c) => {
    const problem = asProblem(error, options);
    if (problem !== null) return answer(c, problem);
    const requestId = c.get('requestId');
    options.log.error({ requestId, err: withoutValues(error) }, 'unexpected failure');
    return answer(
      c,
      httpProblem('internal', `It was logged; name the request ${requestId} when you report it.`),
    );
  };
}

/** Answers what no route of the app takes: 405 with `Allow` where one takes another method, else 404. */
export function problemFallback(app: Pick<Hono<HttpEnv>, 'router' | 'routes'>) {
  const handler: NotFoundHandler<HttpEnv> = (c) => {
    const methods = methodsAt(app, c.req.path);
    if (methods.length === 0) return answer(c, httpProblem('not_found', 'No route answers here.'));
    const allowed = methods.join(', ');
    return answer(
      c,
      httpProblem('method_not_allowed', `${c.req.method} is not answered here; ${allowed} is.`, {
        headers: { Allow: allowed },
      }),
    );
  };
  return handler;
}

function methodsAt(app: Pick<Hono<HttpEnv>, 'router' | 'routes'>, path: string): string[] {
  const known = new Set(app.routes.map(({ method }) => method));
  // Middleware is there for all methods, and answers none.
  known.delete(METHOD_NAME_ALL);
  const methods = [...known].filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  );
  return (methods.includes('GET') ? ['HEAD', ...methods] : methods).sort();
}

function answer(c: Context<HttpEnv>, problem: ProblemError): Response {
  c.set('problemCode', problem.details.code);
  const requestId = c.get('requestId');
  const response = responseOf(
    problem,
    requestId === undefined ? undefined : `urn:request:${requestId}`,
  );
  // Made by the context, so that headers that middleware has set already stay.
  return c.newResponse(response.body, response);
}

function asProblem(error: Error, options: ErrorHandlerOptions): ProblemError | null {
  if (error instanceof ProblemError) return error;
  if (error instanceof HTTPException) return ofHttpException(error);
  return options.translate?.(error) ?? null;
}

const BY_STATUS: Readonly<Record<number, readonly [HttpProblemCode, string]>> = {
  400: ['malformed_json', 'Send a body that is valid JSON, with `Content-Type: application/json`.'],
  404: ['not_found', 'No route answers here.'],
  413: ['body_too_large', 'Send less at a time.'],
  415: ['unsupported_media_type', 'Send `Content-Type: application/json`.'],
};

function ofHttpException(error: HTTPException): ProblemError | null {
  const known = BY_STATUS[error.status];
  return known ? httpProblem(known[0], known[1], { cause: error }) : null;
}

/** A message may quote what a caller sent; the name, code and stack frames don't. */
function withoutValues(error: Error): object {
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return { name: error.name, code, stack: frames };
}
