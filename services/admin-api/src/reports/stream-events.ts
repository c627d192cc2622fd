import { createRoute, z } from '@hono/zod-openapi';
import type { RecordedEvent } from '@provisie/event-store';
import { invalidCursor, pageAnswer, pageQuery, pageSchema } from '@provisie/http';
import type { Api, Endpoint } from '../api.ts';
import { inIso, instantAnswer } from '../instants.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';

const eventSchema = z
  .object({
    id: z.string(),
    type: z.string(),
    version: z.int(),
    stream: z.string(),
    revision: z.int(),
    position: z.int(),
    occurredAt: instantAnswer,
    recordedAt: instantAnswer,
    data: z.unknown(),
    metadata: z.unknown().openapi({ description: 'Who and what caused it.' }),
  })
  .openapi('Event');

/** Any name but one that no store can look up. */
const streamName = z
  .string()
  .min(1)
  .max(256)
  .regex(/^[^\p{Cc}]*$/u, 'a name without control characters, such as order-webshop-1042');

/** The log itself, not the read model: what is in it can be read at once. */
export const listStreamEvents: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/streams/{stream}/events',
    tags: ['Reports'],
    summary: 'Read the raw events of a stream, such as `order-webshop-1042`',
    ...api.reads('admin'),
    request: {
      params: z.object({ stream: streamName }),
      query: z.strictObject(pageQuery),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(eventSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { limit, cursor } = c.req.valid('query');
    const page = await eventsFrom(api, c.req.valid('param').stream, revisionOf(cursor), limit);
    return c.json(pageAnswer(c, page, eventAnswer), 200);
  });
};

async function eventsFrom(api: Api, stream: string, fromRevision: number, limit: number) {
  // One more than asked for tells whether there is a next page.
  const events = await Array.fromAsync(
    api.store.readStream(stream, { fromRevision, limit: limit + 1 }),
  );
  const rows = events.slice(0, limit);
  const next = events.length > limit ? String(events.at(-1)?.revision) : null;
  return { rows, next };
}

function revisionOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw invalidCursor();
}

function eventAnswer({ metadata, ...event }: RecordedEvent) {
  const cause: unknown = metadata;
  return { ...inIso(event, ['occurredAt', 'recordedAt']), metadata: cause };
}
