import { createRoute, z } from '@hono/zod-openapi';
import {
  DEFAULT_TERMS,
  hostPatternSchema,
  newFact,
  programmeIdSchema,
  streams,
} from '@provisie/domain';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { instantInput } from '../instants.ts';
import { notInFuture } from '../moments.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { knownProgramme, programmeAnswer, programmeSchema } from './programme.ts';
import { firstTerms } from './terms-input.ts';

const body = z
  .strictObject({
    programmeId: programmeIdSchema,
    name: z.string().min(1).max(200),
    hosts: z.array(hostPatternSchema).min(1).max(100),
    openedAt: instantInput
      .optional()
      .openapi({ description: 'Default now; earlier when you move in with history.' }),
    terms: firstTerms.nullable().default(DEFAULT_TERMS).openapi({
      description:
        'The first terms, in force from `openedAt`; what is left out is as in the example. Null: none yet, so nobody earns until they are published.',
    }),
  })
  .openapi({
    example: {
      programmeId: 'affiliate',
      name: 'Affiliates',
      hosts: ['www.example.nl', '*.example.nl'],
      terms: DEFAULT_TERMS,
    },
  });

/** Opens a programme with its first terms, which are the usual ones where the caller says nothing else. */
export const openProgramme: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/programmes',
    tags: ['Programmes'],
    summary: 'Open a programme',
    ...api.writes('admin'),
    request: { body: jsonBody(body) },
    responses: {
      201: jsonAnswer(
        'The programme.',
        z.object({ programme: programmeSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { programmeId, name, hosts, terms, openedAt: since } = c.req.valid('json');
    const openedAt = notInFuture(since, api.now(), '/openedAt');
    const changed = await change(api, c, {
      stream: streams.programme(programmeId),
      decide: (facts, newId) => {
        if (facts.length > 0) {
          throw problem('already_exists', `There is a programme ${programmeId} already.`);
        }
        const opened = newFact('ProgrammeOpened', {
          id: newId(),
          occurredAt: openedAt,
          data: { programmeId, name, hosts },
        });
        if (terms === null) return [opened];
        const published = newFact('TermsPublished', {
          id: newId(),
          occurredAt: openedAt,
          data: {
            programmeId,
            termsVersion: 1,
            effectiveFrom: openedAt,
            terms,
          },
        });
        return [opened, published];
      },
    });
    const programme = programmeAnswer(knownProgramme(changed.facts));
    return c.json(written(c, changed, { programme }), 201);
  });
};
