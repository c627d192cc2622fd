import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import type { Fact, Instant } from '@provisie/domain';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { momentOfChange, pastMoment } from '../moments.ts';
import { problem } from '../problems.ts';
import { openProgrammeFor } from '../programmes/programme.ts';
import { jsonAnswer, jsonBody, optionalBody, writeFailures } from '../route-parts.ts';
import {
  checkDestination,
  destinationSchema,
  knownLink,
  linkAnswer,
  linkParams,
  writtenLink,
} from './link.ts';

const answers = { 200: jsonAnswer('The link.', writtenLink), ...writeFailures };

/** Lets a link lead elsewhere. */
export const retargetLink: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/links/{code}/retarget',
    tags: ['Links'],
    summary: 'Let a link lead elsewhere',
    ...api.writes('admin'),
    request: {
      params: linkParams,
      body: jsonBody(
        z.strictObject({
          destination: destinationSchema,
          retargetedAt: pastMoment('Whom an order is awarded to does not depend on it.'),
        }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { code } = c.req.valid('param');
    const { destination, retargetedAt: told } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.link(code),
      decide: async (facts, newId) => {
        const link = knownLink(facts);
        if (link.disabledAt !== null) throw problem('link_disabled', 'Create another link.');
        if (link.destination === destination) return [];
        checkDestination(destination, await openProgrammeFor(api.store, link.programmeId));
        const data = { code, destination };
        const since = lastTargeted(facts, link.createdAt);
        const moment = { told, now: api.now(), since, path: '/retargetedAt' };
        const occurredAt = momentOfChange(facts, moment);
        return [newFact('LinkRetargeted', { id: newId(), occurredAt, data })];
      },
    });
    const link = linkAnswer(api.trackerBaseUrl)(knownLink(changed.facts));
    return c.json(written(c, changed, { link }), 200);
  });
};

/** From here on another destination is the last one given. */
function lastTargeted(facts: readonly Fact[], createdAt: Instant): Instant {
  const moments = facts.filter(({ type }) => type === 'LinkRetargeted');
  return Math.max(createdAt, ...moments.map(({ occurredAt }) => occurredAt + 1));
}

/** Ends a link; what it brought before counts. A disabled link stays so. */
export const disableLink: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/links/{code}/disable',
    tags: ['Links'],
    summary: 'Disable a link',
    ...api.writes('admin'),
    request: {
      params: linkParams,
      body: optionalBody(
        z.strictObject({
          reason: z.string().max(500).optional(),
          disabledAt: pastMoment(
            'Clicks and visits since then do not count, and the orders they tell of are decided anew, but for what a payout has fixed.',
          ),
        }),
      ),
    },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { code } = c.req.valid('param');
    const { disabledAt: told, ...more } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.link(code),
      decide: (facts, newId) => {
        const { disabledAt, createdAt: since } = knownLink(facts);
        if (disabledAt !== null) return [];
        const moment = { told, now: api.now(), since, path: '/disabledAt' };
        const occurredAt = momentOfChange(facts, moment);
        return [newFact('LinkDisabled', { id: newId(), occurredAt, data: { code, ...more } })];
      },
    });
    const link = linkAnswer(api.trackerBaseUrl)(knownLink(changed.facts));
    return c.json(written(c, changed, { link }), 200);
  });
};
