import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { momentAfter } from '../moments.ts';
import { problem } from '../problems.ts';
import { openProgrammeFor } from '../programmes/programme.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import {
  checkDestination,
  destinationSchema,
  knownLink,
  linkAnswer,
  linkParams,
  writtenLink,
} from './link.ts';

const answers = { 200: jsonAnswer('The link.', writtenLink), ...writeFailures };

/** Lets a link lead elsewhere from now on. */
export const retargetLink: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/links/{code}/retarget',
    tags: ['Links'],
    summary: 'Let a link lead elsewhere',
    ...api.writes('admin'),
    request: {
      params: linkParams,
      body: jsonBody(z.strictObject({ destination: destinationSchema })),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { code } = c.req.valid('param');
    const { destination } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.link(code),
      decide: async (facts, newId) => {
        const link = knownLink(facts);
        if (link.disabledAt !== null) throw problem('link_disabled', 'Create another link.');
        if (link.destination === destination) return [];
        checkDestination(destination, await openProgrammeFor(api.store, link.programmeId));
        const data = { code, destination };
        const occurredAt = momentAfter(facts, api.now());
        return [newFact('LinkRetargeted', { id: newId(), occurredAt, data })];
      },
    });
    const link = linkAnswer(api.trackerBaseUrl)(knownLink(changed.facts));
    return c.json(written(c, changed, { link }), 200);
  });
};

/** Ends a link from now on; what it brought before counts. A disabled link stays so. */
export const disableLink: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/links/{code}/disable',
    tags: ['Links'],
    summary: 'Disable a link',
    ...api.writes('admin'),
    request: {
      params: linkParams,
      body: {
        content: {
          'application/json': {
            schema: z.strictObject({ reason: z.string().max(500).optional() }),
          },
        },
      },
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { code } = c.req.valid('param');
    const data = { code, ...c.req.valid('json') };
    const changed = await change(api, c, {
      stream: streams.link(code),
      decide: (facts, newId) =>
        knownLink(facts).disabledAt === null
          ? [newFact('LinkDisabled', { id: newId(), occurredAt: api.now(), data })]
          : [],
    });
    const link = linkAnswer(api.trackerBaseUrl)(knownLink(changed.facts));
    return c.json(written(c, changed, { link }), 200);
  });
};
