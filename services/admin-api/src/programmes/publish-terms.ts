import { createRoute, z } from '@hono/zod-openapi';
import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import type { Instant, Terms } from '@provisie/domain';
import type { ProgrammeView } from '@provisie/read-model';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { inIso, instantInput, iso } from '../instants.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { knownProgramme, programmeAnswer, programmeParams, programmeSchema } from './programme.ts';
import { laterTerms } from './terms-input.ts';

const body = z
  .strictObject({
    terms: laterTerms,
    effectiveFrom: instantInput.optional().openapi({
      description:
        'Orders placed from here on fall under them. Default now. In the past only for the first terms of a programme.',
    }),
  })
  .openapi({ example: { terms: DEFAULT_TERMS, effectiveFrom: '2027-01-01T00:00:00.000Z' } });

/** Publishes the next version of a programme's terms. */
export const publishTerms: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/programmes/{programmeId}/terms',
    tags: ['Programmes'],
    summary: 'Publish new terms from a date',
    description:
      'Orders keep the terms that were in force when they were placed. The currency of a programme stays: open another one for another currency.',
    ...api.writes('admin'),
    request: { params: programmeParams, body: jsonBody(body) },
    responses: {
      201: jsonAnswer(
        'The programme, with the new terms in front.',
        z.object({
          programme: programmeSchema,
          termsVersion: z.int(),
          position: writtenPosition,
        }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { programmeId } = c.req.valid('param');
    const { terms, effectiveFrom } = c.req.valid('json');
    const changed = await change(api, c, {
      stream: streams.programme(programmeId),
      decide: (facts, newId) => {
        const programme = knownProgramme(facts);
        const now = api.now();
        const from = effectiveFrom ?? now;
        check(programme, terms, from, now);
        const termsVersion = (programme.terms[0]?.termsVersion ?? 0) + 1;
        return [
          newFact('TermsPublished', {
            id: newId(),
            // The first terms of a programme with history were known when they took effect.
            occurredAt: Math.min(from, now),
            data: { programmeId, termsVersion, effectiveFrom: from, terms },
          }),
        ];
      },
    });
    const programme = knownProgramme(changed.facts);
    const termsVersion = programme.terms[0]?.termsVersion ?? 0;
    const answer = { programme: programmeAnswer(programme), termsVersion };
    return c.json(written(c, changed, answer), 201);
  });
};

function check(programme: ProgrammeView, terms: Terms, from: Instant, now: Instant): void {
  if (programme.closedAt !== null) {
    throw problem('programme_closed', 'A closed programme gets no new terms.', {
      extensions: inIso({ closedAt: programme.closedAt }, ['closedAt']),
    });
  }
  const last = programme.terms[0];
  if (last === undefined) return;
  if (from < now) {
    throw problem(
      'terms_in_past',
      `Orders were placed under the terms in force at ${iso(from)} already. Choose ${iso(now)} or later.`,
    );
  }
  if (terms.currency !== last.terms.currency) {
    throw problem(
      'currency_fixed',
      `Balances and payouts of the programme are in ${last.terms.currency}. Open a programme of its own for ${terms.currency}.`,
    );
  }
}
