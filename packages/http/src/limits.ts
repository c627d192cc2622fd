import { bodyLimit } from 'hono/body-limit';
import { createMiddleware } from 'hono/factory';
import type { HttpEnv } from './environment.ts';
import { httpProblem } from './problem.ts';

/** Refuses bodies above `maxBytes` with 413, however they are sent. */
export function limitBody(maxBytes: number) {
  return bodyLimit({
    maxSize: maxBytes,
    onError: () => {
      throw httpProblem('body_too_large', `A body has at most ${String(maxBytes)} bytes here.`);
    },
  });
}

/** Answers 503 when the handler takes longer; what it is doing goes on, so a write has to be safe to repeat. */
export function limitTime(timeoutMs: number) {
  return createMiddleware<HttpEnv>(async (_c, next) => {
    let timer: NodeJS.Timeout | undefined;
    const expiry = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(tookTooLong(timeoutMs));
      }, timeoutMs);
    });
    try {
      await Promise.race([next(), expiry]);
    } finally {
      clearTimeout(timer);
    }
  });
}

function tookTooLong(timeoutMs: number) {
  return httpProblem(
    'request_timeout',
    `No answer within ${String(timeoutMs)} ms. A write may have happened all the same: repeat it, that is safe.`,
    { headers: { 'Retry-After': '1' } },
  );
}
