import { createRoute, z } from '@hono/zod-openapi';
import { currencySchema, newFact, orderIdSchema, partnerIdSchema, streams } from '@provisie/domain';
import type { Fact } from '@provisie/domain';
import { change, written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { partnerParams } from '../partners/partner.ts';
import { jsonAnswer, jsonBody, writeFailures } from '../route-parts.ts';
import { checkOpen } from './open-items.ts';

const MAX_LINES = 1000;

const lineSchema = z.object({
  orderId: orderIdSchema,
  amountCents: z
    .int()
    .refine((cents) => cents !== 0, 'zero settles nothing')
    .openapi({
      description: 'Positive: is not owed any more. Negative: is not taken back any more.',
    }),
});

const body = z
  .strictObject({
    currency: currencySchema,
    lines: z
      .array(z.strictObject(lineSchema.shape))
      .min(1)
      .max(MAX_LINES)
      .superRefine((lines, context) => {
        for (const [index, { orderId }] of lines.entries()) {
          if (lines.findIndex((line) => line.orderId === orderId) === index) continue;
          const message = 'the order stands in an earlier line already';
          context.addIssue({ code: 'custom', path: [index, 'orderId'], message });
        }
      }),
    reason: z.string().min(1).max(500),
  })
  .openapi({
    example: {
      currency: 'EUR',
      lines: [{ orderId: 'webshop-1042', amountCents: -1250 }],
      reason: 'The partner stopped; not worth asking back',
    },
  });

const writeOffSchema = z
  .object({
    writeOffId: z.string(),
    partnerId: partnerIdSchema,
    currency: z.string(),
    lines: z.array(lineSchema).readonly(),
    reason: z.string(),
  })
  .openapi('WriteOff');

/** Settles what can't or needn't be paid any more. */
export const writeOff: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/partners/{partnerId}/write-offs',
    tags: ['Payouts'],
    summary: 'Write off what is open of orders',
    description:
      'A positive line lowers the partner’s balance, a negative one forgives what would be taken back. No line can be more than what is open of its order; a 409 tells what is.',
    ...api.writesOnce('finance'),
    request: { params: partnerParams, body: jsonBody(body) },
    responses: {
      201: jsonAnswer(
        'The write-off.',
        z.object({ writeOff: writeOffSchema, position: writtenPosition }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId } = c.req.valid('param');
    const { currency, lines, reason } = c.req.valid('json');
    const by = c.get('principal').keyId;
    const changed = await change(api, c, {
      // Whatever else settles an order of the partner is appended here too: the revision guards against both at once.
      stream: streams.payouts(partnerId),
      decide: async (_, newId) => {
        await checkOpen(api, { partnerId, currency, lines });
        const id = newId();
        const data = { writeOffId: id, partnerId, currency, lines, reason, by };
        return [newFact('BalanceWrittenOff', { id, occurredAt: api.now(), data })];
      },
    });
    return c.json(written(c, changed, { writeOff: lastWriteOff(changed.facts) }), 201);
  });
};

/** The facts end with what this request wrote, now or when it came first. */
function lastWriteOff(facts: readonly Fact[]) {
  const last = facts.findLast((fact) => fact.type === 'BalanceWrittenOff');
  if (last === undefined) throw new Error('a write-off was appended and is not there');
  const { by: _, ...shown } = last.data;
  return shown;
}
