import { createRoute, z } from '@hono/zod-openapi';
import {
  linkCodeSchema,
  newFact,
  partnerIdSchema,
  programmeIdSchema,
  streams,
  utmSchema,
} from '@provisie/domain';
import { idempotencyKeyMissing } from '@provisie/http';
import type { Idempotency } from '@provisie/http';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { instantInput } from '../instants.ts';
import { notInFuture } from '../moments.ts';
import { approvedPartner } from '../partners/partner.ts';
import { problem } from '../problems.ts';
import { openProgrammeFor } from '../programmes/programme.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { linkCodeOf } from './link-code.ts';
import { checkDestination, destinationSchema, knownLink, linkAnswer, writtenLink } from './link.ts';

const body = z
  .strictObject({
    code: linkCodeSchema.optional().openapi({
      description:
        'Stands in the tracking URL. Without it a short one is made; that needs an Idempotency-Key.',
    }),
    programmeId: programmeIdSchema,
    partnerId: partnerIdSchema,
    destination: destinationSchema,
    utm: utmSchema.strict().optional().openapi({
      description: 'A visit that carries exactly these values names this link.',
    }),
    label: z.string().min(1).max(200).optional(),
    createdAt: instantInput.optional().openapi({
      description: 'Default now; earlier when you move in with history.',
    }),
  })
  .openapi({
    example: {
      code: 'woonblog-aanbouw',
      programmeId: 'affiliate',
      partnerId: 'woonblog',
      destination: 'https://www.example.nl/aanbouw',
      label: 'Artikel over aanbouwen',
    },
  });

/** Creates a tracking link; the tracker knows it within a second. */
export const createLink: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/links',
    tags: ['Links'],
    summary: 'Create a tracking link',
    ...api.writes('admin'),
    request: { body: jsonBody(body) },
    responses: { 201: jsonAnswer('The link.', writtenLink), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { createdAt, code: wanted, ...given } = c.req.valid('json');
    const occurredAt = notInFuture(createdAt, api.now(), '/createdAt');
    const code = wanted ?? generatedCode(c.get('idempotency'));
    const changed = await change(api, c, {
      stream: streams.link(code),
      decide: async (facts, newId) => {
        if (facts.length > 0) throw problem('already_exists', `The code ${code} is taken.`);
        checkDestination(given.destination, await openProgrammeFor(api.store, given.programmeId));
        await approvedPartner(api.store, given.partnerId);
        return [newFact('LinkCreated', { id: newId(), occurredAt, data: { code, ...given } })];
      },
    });
    const link = linkAnswer(api.trackerBaseUrl)(knownLink(changed.facts));
    return c.json(written(c, changed, { link }), 201);
  });
};

/** Follows from the Idempotency-Key, so that a repeat finds the link of the first time. */
function generatedCode(idempotency: Idempotency | null): string {
  if (idempotency === null) throw idempotencyKeyMissing();
  return linkCodeOf(JSON.stringify(idempotency.name));
}
