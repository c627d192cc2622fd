import { z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import type { Api } from '../api.ts';
import { instantAnswer, instantInput, iso, isoOrNull } from '../instants.ts';
import { heardBy } from '../moments.ts';
import { waitQuery } from '../wait-for-position.ts';
import { asOfQuery, balanceAtSchema, currencyQuery, lineShape, withText } from './statement.ts';

const momentsSchema = z.object({ asOf: instantAnswer, knownAt: instantAnswer.nullable() });

export const changesSchema = z
  .object({
    partnerId: partnerIdSchema,
    currency: z.string(),
    before: momentsSchema.extend(balanceAtSchema.shape),
    after: momentsSchema.extend(balanceAtSchema.shape),
    ...pageSchema(
      z.object({
        ...lineShape,
        why: z.enum(['heard_since', 'happened_since']).openapi({
          description:
            '`heard_since`: it counted already, but was not known. `happened_since`: it did not count yet.',
        }),
      }),
    ).shape,
  })
  .openapi('StatementChanges');

export const changesQuery = {
  currency: currencyQuery,
  beforeAsOf: instantInput.openapi({
    description: 'The moment that was looked at then, such as the end of a month.',
    example: '2026-03-31T22:00:00.000Z',
  }),
  beforeKnownAt: instantInput.optional().openapi({
    description:
      'When it was looked at. Default: at that moment itself, or now when it is still to come.',
  }),
  ...asOfQuery,
  ...pageQuery,
  ...waitQuery,
};

interface ChangesQuery {
  readonly currency: string;
  readonly beforeAsOf: Instant;
  readonly beforeKnownAt?: Instant | undefined;
  readonly asOf?: Instant | undefined;
  readonly knownAt?: Instant | undefined;
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** Why an account that was looked at then looks otherwise now. */
export async function changesAnswer(
  { readModel, now }: Api,
  c: Context<HttpEnv>,
  partnerId: string,
  query: ChangesQuery,
) {
  const { currency, beforeAsOf, beforeKnownAt: toldBefore, ...rest } = query;
  const { asOf = now(), knownAt: told, ...page } = rest;
  const toldOrThen = heardBy(toldBefore, now(), 'query/beforeKnownAt');
  const beforeKnownAt = toldOrThen ?? Math.min(beforeAsOf, now());
  const knownAt = heardBy(told, now(), 'query/knownAt');
  const difference = await readModel.statementDifference(
    partnerId,
    currency,
    { asOf: beforeAsOf, knownAt: beforeKnownAt },
    { asOf, knownAt },
    pageRequest(page),
  );
  const { before, after, lines, next } = difference;
  return {
    partnerId,
    currency,
    before: { asOf: iso(beforeAsOf), knownAt: iso(beforeKnownAt), ...before },
    after: { asOf: iso(asOf), knownAt: isoOrNull(knownAt), ...after },
    ...pageAnswer(c, { rows: lines, next }, withText),
  };
}
