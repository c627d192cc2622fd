import { createRoute } from '@hono/zod-openapi';
import { newFact, streams } from '@provisie/domain';
import { partnerSubject } from '@provisie/payouts';
import { change, written } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { momentAfter } from '../moments.ts';
import { jsonAnswer, writeFailures } from '../route-parts.ts';
import { answerOf, writtenPartner } from './partner-answer.ts';
import { knownPartner, partnerParams } from './partner.ts';

/** Erases the key under which the partner's details are sealed; the log stays as it is, and so do decisions. */
export const eraseProfile: Endpoint = (api) => {
  const route = createRoute({
    method: 'delete',
    path: '/v1/partners/{partnerId}/profile',
    tags: ['Partners'],
    summary: 'Erase a partner’s personal data',
    description:
      'Can not be undone. Name, addresses and payout details go; commissions and decisions stay as they are, and so do the invoices and statements that were issued, for as long as the law keeps them. Nothing is paid before there are payout details again.',
    ...api.writes('admin'),
    request: { params: partnerParams },
    responses: {
      200: jsonAnswer('The partner, without its profile.', writtenPartner),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const changed = await change(api, c, {
      stream: streams.partner(partnerId),
      decide: (facts, newId) => {
        // What can't be opened any more must not look as if one could pay by it.
        if (knownPartner(facts).payoutDetails === null) return [];
        const occurredAt = momentAfter(facts, api.now());
        return [newFact('PayoutDetailsRemoved', { id: newId(), occurredAt, data: { partnerId } })];
      },
    });
    await api.vault.erase(partnerSubject(partnerId));
    return c.json(written(c, changed, await answerOf(api, changed)), 200);
  });
};
