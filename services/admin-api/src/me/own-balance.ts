import { createRoute, z } from '@hono/zod-openapi';
import type { CommissionView } from '@provisie/read-model';
import type { Endpoint } from '../api.ts';
import { iso, instantAnswer, isoOrNull } from '../instants.ts';
import { balanceSchema } from '../reports/balance.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags, upcomingSchema } from './me.ts';

/** Currencies, and pending commissions, that one answer lists at most. */
const MAX_ROWS = 500;

export const getOwnBalance: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/balance',
    tags: ownTags,
    summary: 'Read what I have earned and what is missing to the threshold',
    ...api.reads('partner'),
    request: { query: z.object(waitQuery) },
    responses: {
      200: jsonAnswer(
        'A balance for each currency, and what is still in hold.',
        z.object({
          at: instantAnswer,
          balances: z.array(balanceSchema).readonly(),
          pending: z
            .array(upcomingSchema)
            .readonly()
            .openapi({ description: 'In hold; soonest first, at most 500.' }),
        }),
      ),
      ...readFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const partnerId = ownPartnerId(c);
    const at = api.now();
    const page = { limit: MAX_ROWS, cursor: null };
    const balances = await api.readModel.balances({ partnerId }, { asOf: at, knownAt: null }, page);
    const inHold = await api.readModel.commissions({ partnerId, status: 'pending', at }, page);
    const pending = inHold.rows.toSorted(bySoonest).map(upcomingAnswer);
    return c.json({ at: iso(at), balances: balances.rows, pending }, 200);
  });
};

/** What has no date yet comes last. */
function bySoonest(a: CommissionView, b: CommissionView): number {
  const difference = (a.payableFrom ?? Infinity) - (b.payableFrom ?? Infinity);
  return Number.isNaN(difference) ? 0 : difference;
}

function upcomingAnswer({ orderId, currency, amountCents, payableFrom }: CommissionView) {
  return { orderId, currency, amountCents, payableFrom: isoOrNull(payableFrom) };
}
