import { createRoute, z } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { jsonAnswer, writeFailures } from '../route-parts.ts';
import { knownProgramme, programmeAnswer, programmeParams, programmeSchema } from './programme.ts';

/** Closes a programme from now on; one that is closed stays as it is. */
export const closeProgramme: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/programmes/{programmeId}/close',
    tags: ['Programmes'],
    summary: 'Close a programme',
    description: 'Orders placed from now on earn nothing in it. What was earned stays.',
    ...api.writes('admin'),
    request: { params: programmeParams },
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
    const changed = await change(api, c, {
      stream: streams.programme(programmeId),
      decide: (facts, newId) => {
        if (knownProgramme(facts).closedAt !== null) return [];
        return [
          newFact('ProgrammeClosed', {
            id: newId(),
            occurredAt: api.now(),
            data: { programmeId },
          }),
        ];
      },
    });
    const programme = programmeAnswer(knownProgramme(changed.facts));
    return c.json(written(c, changed, { programme }), 200);
  });
};
