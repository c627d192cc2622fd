import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { DECIDED_ANEW, momentOfChange, pastMoment } from '../moments.ts';
import { jsonAnswer, optionalBody, writeFailures } from '../route-parts.ts';
import { knownProgramme, programmeAnswer, programmeParams, programmeSchema } from './programme.ts';

/** Closes a programme; one that is closed stays as it is. */
export const closeProgramme: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/programmes/{programmeId}/close',
    tags: ['Programmes'],
    summary: 'Close a programme',
    description: 'Orders placed from then on earn nothing in it. What was earned before stays.',
    ...api.writes('admin'),
    request: {
      params: programmeParams,
      body: optionalBody(z.strictObject({ closedAt: pastMoment(DECIDED_ANEW) })),
    },
    responses: {
      200: jsonAnswer(
        'The programme.',
        z.object({ programme: programmeSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { programmeId } = c.req.valid('param');
    const { closedAt: told } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.programme(programmeId),
      decide: (facts, newId) => {
        const { closedAt, openedAt: since } = knownProgramme(facts);
        if (closedAt !== null) return [];
        const moment = { told, now: api.now(), since, path: '/closedAt' };
        const occurredAt = momentOfChange(facts, moment);
        return [newFact('ProgrammeClosed', { id: newId(), occurredAt, data: { programmeId } })];
      },
    });
    const programme = programmeAnswer(knownProgramme(changed.facts));
    return c.json(written(c, changed, { programme }), 200);
  });
};
