import { createHash } from 'node:crypto';
import { createMiddleware } from 'hono/factory';
import type { HttpEnv } from './environment.ts';
import { httpProblem } from './problem.ts';

const HEADER = 'Idempotency-Key';
/** Printable ASCII. */
const KEY = /^[!-~]{1,255}$/;

/**
 * Reads `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header): missing where it is `required`: 400;
 * the same one still being handled in this process: 409. Whether the request was handled before is for the
 * handler to see, in the stream that it loads anyway. Use after `bearerAuth`.
 */
export function idempotency(options: { readonly required: boolean }) {
  const inProgress = new Set<string>();
  return createMiddleware<HttpEnv>(async (c, next) => {
    const key = c.req.header(HEADER);
    if (key === undefined || key === '') {
      if (options.required) throw idempotencyKeyMissing();
      c.set('idempotency', null);
      return next();
    }
    if (!KEY.test(key)) throw malformed();
    const request = `${c.req.method} ${c.req.path}`;
    const name = [c.get('principal').keyId, request, key] as const;
    const entry = JSON.stringify(name);
    if (inProgress.has(entry)) throw stillInProgress();
    inProgress.add(entry);
    try {
      c.set('idempotency', { name, requestHash: await hashOfBody(c.req.arrayBuffer()) });
      return await next();
    } finally {
      inProgress.delete(entry);
    }
  });
}

/** What to throw when the stream holds the answer to another request under the same key. */
export function idempotencyKeyReused() {
  return httpProblem(
    'idempotency_key_reused',
    `This ${HEADER} came with another body before. Use a new one for a new request.`,
  );
}

async function hashOfBody(body: Promise<ArrayBuffer>): Promise<string> {
  return createHash('sha256')
    .update(new Uint8Array(await body))
    .digest('hex');
}

/** What to throw where a key turns out to be needed. */
export function idempotencyKeyMissing() {
  return httpProblem(
    'idempotency_key_missing',
    `Send the header \`${HEADER}\` with a value of your own, a UUID for instance, and the same one when you try again.`,
  );
}

function malformed() {
  return httpProblem('invalid_request', `The ${HEADER} can't be used.`, {
    errors: [
      { path: `header/${HEADER}`, problem: 'not usable', expected: '1 to 255 printable ASCII' },
    ],
  });
}

function stillInProgress() {
  return httpProblem(
    'idempotency_in_progress',
    'The same request is being handled; try again in a moment to get its answer.',
    { headers: { 'Retry-After': '1' } },
  );
}
