import { z } from '@hono/zod-openapi';
import type { HttpEnv } from '@provisie/http';
import type { ReadModel } from '@provisie/read-model';
import { createMiddleware } from 'hono/factory';
import { problem } from './problems.ts';

const HEADER = 'Provisie-Position';

/** Part of the query of every read. */
export const waitQuery = {
  waitFor: z
    .string()
    .optional()
    .openapi({
      type: 'integer',
      description: `A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header \`${HEADER}\`.`,
      example: '1042',
    }),
};

/** Holds a read back until the read model has handled the position asked for; 503 when that takes too long. */
export function waitForPosition(readModel: ReadModel, timeoutMs: number) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const asked = c.req.query('waitFor') ?? c.req.header(HEADER);
    if (asked !== undefined) await waitUntil(readModel, positionOf(asked), timeoutMs);
    await next();
  });
}

async function waitUntil(readModel: ReadModel, position: number, timeoutMs: number) {
  if (await readModel.waitFor(position, timeoutMs)) return;
  const status = await readModel.status();
  throw problem(
    'read_model_behind',
    `It stands at position ${String(status.position)}, you asked for ${String(position)}. Try again, or read without \`waitFor\`.`,
    { headers: { 'Retry-After': '1' }, extensions: { position: status.position } },
  );
}

function positionOf(text: string): number {
  const position = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(position)) return position;
  throw problem('invalid_request', 'One value is not right; see `errors`.', {
    errors: [{ path: 'query/waitFor', problem: 'not a position', expected: 'a whole number' }],
  });
}
