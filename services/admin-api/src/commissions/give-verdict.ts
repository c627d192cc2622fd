import { createRoute, z } from '@hono/zod-openapi';
import { newFact, orderIdSchema, partnerIdSchema, streams } from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import { change, written, writtenPosition } from '../api.ts';
import type { Api, Endpoint } from '../api.ts';
import { momentAfter } from '../moments.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';

const params = z.object({ orderId: orderIdSchema });
const body = z
  .strictObject({
    partnerId: partnerIdSchema.describe(
      'Whose commission. If the award moves to another partner, the verdict stays behind.',
    ),
    reason: z.string().min(1).max(500),
  })
  .openapi({ example: { partnerId: 'woonblog', reason: 'Order from a test account' } });

const responses = {
  200: jsonAnswer(
    'The verdict stands.',
    z.object({
      orderId: orderIdSchema,
      partnerId: partnerIdSchema,
      verdict: z.enum(['rejected', 'reinstated']),
      position: writtenPosition,
    }),
  ),
  ...writeFailures,
};

type Verdict = 'CommissionRejected' | 'CommissionReinstated';

export const rejectCommission: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/commissions/{orderId}/reject',
    tags: ['Commissions'],
    summary: 'Reject the commission on an order',
    ...api.writes('admin', 'finance'),
    request: { params, body: jsonBody(body) },
    responses,
  });
  api.app.openapi(route, async (c) => {
    const { orderId } = c.req.valid('param');
    const { partnerId, reason } = c.req.valid('json');
    const given = { orderId, partnerId, reason };
    await checkAward(api, given);
    const changed = await give(api, c, 'CommissionRejected', given);
    const answer = { orderId, partnerId, verdict: 'rejected' as const };
    return c.json(written(c, changed, answer), 200);
  });
};

export const reinstateCommission: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/commissions/{orderId}/reinstate',
    tags: ['Commissions'],
    summary: 'Take a rejection back',
    ...api.writes('admin', 'finance'),
    request: { params, body: jsonBody(body) },
    responses,
  });
  api.app.openapi(route, async (c) => {
    const { orderId } = c.req.valid('param');
    const { partnerId, reason } = c.req.valid('json');
    const changed = await give(api, c, 'CommissionReinstated', { orderId, partnerId, reason });
    const answer = { orderId, partnerId, verdict: 'reinstated' as const };
    return c.json(written(c, changed, answer), 200);
  });
};

interface GivenVerdict {
  readonly orderId: string;
  readonly partnerId: string;
  readonly reason: string;
}

/** A verdict that is so already is not given again. */
function give(api: Api, c: Context<HttpEnv>, type: Verdict, verdict: GivenVerdict) {
  const { orderId, partnerId } = verdict;
  const by = c.get('principal').keyId;
  return change(api, c, {
    stream: streams.commission(orderId),
    decide: (facts, newId) => {
      const standing = lastVerdict(facts, partnerId) ?? 'CommissionReinstated';
      if (standing === type) return [];
      const fact = {
        id: newId(),
        occurredAt: momentAfter(facts, api.now()),
        data: { ...verdict, by },
      };
      return [newFact<Verdict>(type, fact)];
    },
  });
}

function lastVerdict(facts: readonly Fact[], partnerId: string): Verdict | null {
  for (const fact of facts.toReversed()) {
    const isVerdict = fact.type === 'CommissionRejected' || fact.type === 'CommissionReinstated';
    if (isVerdict && fact.data.partnerId === partnerId) return fact.type;
  }
  return null;
}

/**
 * Against a slip: the read model, caught up, has to show the award. Were it to move at this very moment, the
 * verdict would stay behind with the partner it names (rule 12), and reject nothing.
 */
async function checkAward(api: Api, { orderId, partnerId }: GivenVerdict): Promise<void> {
  await api.readModel.waitFor(await api.store.head(), api.allLimits.waitMs);
  const decision = await api.readModel.decision(orderId);
  if (decision === null) throw problem('not_found', 'There is no such order.');
  if (decision.award?.partnerId === partnerId) return;
  const holder = decision.award?.partnerId;
  throw problem(
    'not_awarded',
    holder === undefined
      ? `The order ${orderId} is awarded to nobody.`
      : `The order ${orderId} is awarded to ${holder}.`,
  );
}
