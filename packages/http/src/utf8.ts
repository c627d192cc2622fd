import { isUtf8 } from 'node:buffer';
import { createMiddleware } from 'hono/factory';
import type { HttpEnv } from './environment.ts';
import { httpProblem } from './problem.ts';

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/i;

/**
 * Refuses JSON that isn't UTF-8 (RFC 8259, 8.1). Whoever reads it puts the same sign for all that can't be read, and
 * two customers would become one. Use after `limitBody`.
 */
export function utf8Json() {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const isJson = JSON_TYPE.test(c.req.header('Content-Type') ?? '');
    if (isJson && !isUtf8(await c.req.arrayBuffer())) {
      throw httpProblem('malformed_json', 'The body is not UTF-8; JSON has to be.');
    }
    await next();
  });
}
