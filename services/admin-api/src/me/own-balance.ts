import { createRoute, z } from '@hono/zod-openapi';
import type { Endpoint } from '../api.ts';
import { iso, instantAnswer } from '../instants.ts';
import { balanceSchema } from '../reports/balance.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';
import { MAX_PENDING, pendingDays } from './pending-days.ts';

const MAX_CURRENCIES = 500;

const answer = z.object({
  at: instantAnswer,
  balances: z.array(balanceSchema).readonly(),
  pending: z
    .array(
      z.object({
        payableOn: z.iso.date().nullable().openapi({
          description:
            'UTC day. Null while orders are not completed, where the terms wait for that.',
        }),
        currency: z.string(),
        amountCents: z.int(),
        commissions: z.int(),
      }),
    )
    .readonly()
    .openapi({
      description:
        'What is in hold by the day it becomes payable, soonest first. One by one they are in `/v1/me/commissions?status=pending`.',
    }),
  pendingIsComplete: z.boolean().openapi({
    description: `False with more than ${String(MAX_PENDING)} pending commissions: then \`pending\` sums up only so many.`,
  }),
});

export const getOwnBalance: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/balance',
    tags: ownTags,
    summary: 'Read what I have earned and what is missing to the threshold',
    ...api.reads('partner'),
    request: { query: z.object(waitQuery) },
    responses: {
      200: jsonAnswer('A balance for each currency, and what is still in hold.', answer),
      ...readFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const partnerId = ownPartnerId(c);
    const at = api.now();
    const page = { limit: MAX_CURRENCIES, cursor: null };
    const balances = await api.readModel.balances({ partnerId }, { asOf: at, knownAt: null }, page);
    const { days, isComplete } = await pendingDays(api.readModel, { partnerId, at });
    const body = { balances: balances.rows, pending: days, pendingIsComplete: isComplete };
    return c.json({ at: iso(at), ...body }, 200);
  });
};
