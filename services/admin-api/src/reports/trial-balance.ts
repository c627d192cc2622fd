import { createRoute, z } from '@hono/zod-openapi';
import type { Endpoint } from '../api.ts';
import { instantAnswer, iso, isoOrNull } from '../instants.ts';
import { heardBy } from '../moments.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { asOfQuery } from '../statements/statement.ts';
import { waitQuery } from '../wait-for-position.ts';

const answerSchema = z
  .object({
    asOf: instantAnswer,
    knownAt: instantAnswer.nullable(),
    accounts: z
      .array(
        z.object({
          currency: z.string(),
          account: z.string(),
          debitCents: z.int(),
          creditCents: z.int(),
          balanceCents: z.int().openapi({ description: 'Debits minus credits.' }),
        }),
      )
      .readonly()
      .openapi({ description: 'The balances of a currency add up to zero.' }),
  })
  .openapi('TrialBalance');

/** Whether the books balance, at any moment of either clock. */
export const trialBalance: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/trial-balance',
    tags: ['Reports'],
    summary: 'Read the trial balance, now or as of a moment',
    ...api.reads('admin', 'finance'),
    request: { query: z.strictObject({ ...asOfQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('Every account of the ledger.', answerSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { asOf = api.now(), knownAt: told } = c.req.valid('query');
    const knownAt = heardBy(told, api.now(), 'query/knownAt');
    const accounts = await api.readModel.trialBalance({ asOf, knownAt });
    return c.json({ asOf: iso(asOf), knownAt: isoOrNull(knownAt), accounts }, 200);
  });
};
