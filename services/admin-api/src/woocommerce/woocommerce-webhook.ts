import { createRoute, z } from '@hono/zod-openapi';
import { shopIdSchema } from '@provisie/domain';
import { countRequests, invalidRequest } from '@provisie/http';
import type { HttpEnv, RequestCounter } from '@provisie/http';
import { verifyHmacSha256 } from '@provisie/privacy';
import type { Context } from 'hono';
import type { Api, Endpoint } from '../api.ts';
import { problem } from '../problems.ts';
import type { Difference } from '../orders/difference.ts';
import { jsonAnswer, writeFailures } from '../route-parts.ts';
import { shopSecret } from '../shops/shop.ts';
import { reportDeletion, reportSnapshot } from './shop-reports.ts';
import type { PassedOver } from './snapshot-facts.ts';
import { deletionPayload, orderIdentity, readSnapshot, type OrderSnapshot } from './snapshot.ts';

/** The name of the security scheme in the OpenAPI document. */
export const WOOCOMMERCE_SIGNATURE = 'woocommerceSignature';

const SNAPSHOT_TOPICS = new Set(['order.created', 'order.updated', 'order.restored']);
const ACTIVATION_PING = /^webhook_id=\d{1,20}$/;

const answerSchema = z
  .object({
    outcome: z.enum(['ping', 'recorded', 'unchanged', 'ignored', 'unreadable']),
    orderId: z.string().optional(),
    reason: z.string().optional(),
    events: z.array(z.string()).readonly().optional(),
    errors: z
      .array(z.object({ path: z.string(), problem: z.string(), expected: z.string().optional() }))
      .readonly()
      .optional(),
    position: z.int().optional(),
    kept: z
      .array(
        z.object({
          path: z.string(),
          recorded: z.unknown().optional(),
          sent: z.unknown().optional(),
        }),
      )
      .readonly()
      .optional()
      .openapi({
        description:
          'What was changed in the shop since the order was first booked, and stays here as it was then: the date of placing, the customer, coupons.',
      }),
  })
  .openapi('WooCommerceAnswer', {
    example: {
      outcome: 'recorded',
      orderId: 'webshop-727',
      events: ['OrderPlaced', 'OrderCompleted'],
      position: 1042,
    },
  });
type Answer = z.infer<typeof answerSchema>;

/**
 * WooCommerce gives up on a webhook after five failures in a row and sends nothing again by itself, so a delivery
 * fails here only if it is wrong itself or can't be kept: unknown shop, wrong signature, a store that is down. What
 * can't be read, is dated in the future, or in another currency than the order or in none, is answered 200, says why, and is
 * logged; so is what an order keeps although the shop has edited it. One odd order doesn't cut the shop off.
 */
export const woocommerceWebhook: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/webhooks/woocommerce/{shopId}',
    tags: ['Webhooks'],
    summary: 'Take a WooCommerce webhook',
    description:
      'Topics `order.created`, `order.updated`, `order.deleted` and `order.restored`, signed with the shop’s secret in `X-WC-Webhook-Signature`. Deliveries may come late, twice and in any order.',
    security: [{ [WOOCOMMERCE_SIGNATURE]: [] }],
    request: {
      params: z.object({ shopId: shopIdSchema }),
      body: {
        description: 'The order as of WooCommerce’s REST API v3.',
        required: true,
        // No zod schema: the signature is checked over the raw body before anything reads it.
        content: { 'application/json': { schema: { type: 'object' } } },
      },
    },
    responses: { 200: jsonAnswer('It was taken.', answerSchema), ...writeFailures },
  });
  const countDelivery = deliveryCounter(api);
  api.app.openapi(route, async (c) => {
    const { shopId } = c.req.valid('param');
    const secret = await shopSecret(api, shopId);
    const body = new Uint8Array(await c.req.arrayBuffer());
    const isSigned = await hasSignature(secret, body, c.req.header('X-WC-Webhook-Signature'));
    await showCount(c, isSigned ? countDelivery : api.countUnknown);
    if (secret === null) throw problem('not_found', `No shop is connected as ${shopId}.`);
    if (isPing(body)) return c.json({ outcome: 'ping' as const }, 200);
    if (!isSigned) throw wrongSignature();
    const answer = await take(api, c, shopId, body);
    if (answer.position !== undefined) c.header('Provisie-Position', String(answer.position));
    return c.json(answer, 200);
  });
};

/** Only what the shop signed counts: nobody else may use up what it can send. */
function deliveryCounter(api: Api): RequestCounter {
  return countRequests({
    policy: 'shop',
    requests: api.allLimits.requestsPerMinute,
    windowSeconds: 60,
    counted: (c) => c.req.param('shopId') ?? '',
  });
}

async function showCount(c: Context<HttpEnv>, count: RequestCounter): Promise<void> {
  for (const [name, value] of Object.entries(await count(c))) c.header(name, value);
}

/** When a webhook is switched on, WooCommerce sends its number, unsigned, and wants 200. */
function isPing(body: Uint8Array): boolean {
  return body.length <= 40 && ACTIVATION_PING.test(new TextDecoder().decode(body));
}

async function hasSignature(
  secret: string | null,
  body: Uint8Array,
  signature: string | undefined,
): Promise<boolean> {
  if (secret === null || signature === undefined) return false;
  return verifyHmacSha256({ secret, body, signature, encoding: 'base64' });
}

function wrongSignature() {
  return problem(
    'wrong_signature',
    'X-WC-Webhook-Signature is not that of this body. Set the secret of the connected shop in the webhook.',
  );
}

async function take(api: Api, c: Context, shopId: string, body: Uint8Array): Promise<Answer> {
  const topic = c.req.header('X-WC-Webhook-Topic') ?? '';
  const payload = parsed(body);
  if (topic === 'order.deleted') {
    const deleted = deletionPayload.safeParse(payload);
    if (!deleted.success) return unreadable(api, shopId, payload, deleted.error);
    return reportDeletion(api, shopId, String(deleted.data.id));
  }
  if (!SNAPSHOT_TOPICS.has(topic)) return { outcome: 'ignored', reason: 'topic_not_read' };
  const snapshot = readSnapshot(payload);
  if (!snapshot.success) return unreadable(api, shopId, payload, snapshot.error);
  const report = await reportSnapshot(api, shopId, snapshot.data);
  if (report.outcome === 'ignored') warnOf(api, shopId, snapshot.data, report.reason);
  else warnOfKept(api, shopId, snapshot.data, report);
  return report;
}

/** Of what somebody has to put right in the shop: its next snapshot then tells all. */
function warnOf(
  api: Api,
  shopId: string,
  { externalId, currency }: OrderSnapshot,
  reason: PassedOver,
): void {
  const about = { shopId, externalId };
  if (reason === 'dated_in_future') {
    api.logger.warn(about, 'an order of a shop is dated in the future');
  } else if (reason === 'currency_unknown') {
    api.logger.warn({ ...about, currency }, 'an order of a shop is in no currency of ISO 4217');
  } else if (reason === 'currency_changed') {
    api.logger.warn({ ...about, currency }, 'an order of a shop was recorded in another currency');
  }
}

/** Paths alone: a customer's key is for no log. */
function warnOfKept(
  api: Api,
  shopId: string,
  { externalId }: OrderSnapshot,
  { kept = [] }: { readonly kept?: readonly Difference[] },
): void {
  if (kept.length === 0) return;
  const paths = kept.map(({ path }) => path);
  api.logger.warn(
    { shopId, externalId, paths },
    'an order was edited in the shop, and stays as it was first booked',
  );
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return null;
  }
}

/** Sending it again would not mend it. */
function unreadable(api: Api, shopId: string, payload: unknown, error: z.ZodError): Answer {
  const { errors = [] } = invalidRequest(error).details;
  const identity = orderIdentity.safeParse(payload);
  const externalId = identity.success ? String(identity.data.id) : null;
  const paths = errors.map(({ path }) => path);
  api.logger.warn({ shopId, externalId, paths }, 'a webhook of a shop could not be read');
  return { outcome: 'unreadable', errors };
}
