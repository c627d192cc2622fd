import { createRoute, z } from '@hono/zod-openapi';
import {
  sumCentsSchema,
  currencySchema,
  partnerIdSchema,
  payoutIdSchema,
  payoutRunIdSchema,
} from '@provisie/domain';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import { confirmByBankFile, confirmPayouts, endPayout, openDocumentDesk } from '@provisie/payouts';
import { written, writtenPosition } from '../api.ts';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { instantInput } from '../instants.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, jsonBody, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { confirmedSchema } from './confirmation.ts';
import { payoutAnswer, payoutSchema, payoutSummaryAnswer, payoutSummarySchema } from './payout.ts';
import { payoutPorts } from './ports.ts';

const tags = ['Payouts'];
const params = z.object({ payoutId: payoutIdSchema });

export const listPayouts: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payouts',
    tags,
    summary: 'List payouts, newest first',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        runId: payoutRunIdSchema.optional(),
        status: z.enum(['scheduled', 'exported', 'paid', 'failed', 'cancelled']).optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(payoutSummarySchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, runId, status, ...query } = c.req.valid('query');
    const filter = given({ partnerId, runId, status });
    const page = await api.readModel.payouts(filter, pageRequest(query));
    return c.json(pageAnswer(c, page, payoutSummaryAnswer), 200);
  });
};

export const getPayout: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payouts/{payoutId}',
    tags,
    summary: 'Read a payout, order by order',
    ...api.reads('admin', 'finance'),
    request: { params, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The payout.', payoutSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const payout = await api.readModel.payout(c.req.valid('param').payoutId);
    if (payout === null) throw problem('not_found', 'There is no such payout (yet).');
    return c.json(payoutAnswer(payout), 200);
  });
};

export const cancelPayout: Endpoint = (api) => {
  const body = z.strictObject({
    reason: z.string().min(1).max(500),
    notSentToBank: z.boolean().default(false).openapi({
      description:
        'For one that stands in a payment file: you made sure that the bank won’t carry it out.',
    }),
  });
  const route = createRoute({
    method: 'post',
    path: '/v1/payouts/{payoutId}/cancel',
    tags,
    summary: 'Take a payout back',
    description: 'Its money is due again in the next run. An invoice that was issued is credited.',
    ...api.writes('admin', 'finance'),
    request: { params, body: jsonBody(body) },
    responses: {
      200: jsonAnswer('The payout.', payoutSchema.extend({ position: writtenPosition })),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const known = await api.readModel.payout(c.req.valid('param').payoutId);
    if (known === null) throw problem('not_found', 'There is no such payout (yet).');
    const desk = openDocumentDesk(payoutPorts(api));
    const { keyId } = c.get('principal');
    const end = { outcome: 'cancelled', ...c.req.valid('json') } as const;
    const { payout, position } = await endPayout(desk, keyId, known, end);
    return c.json(written(c, { position }, payoutAnswer(payout)), 200);
  });
};

const confirmationSchema = z.strictObject({
  payoutId: payoutIdSchema,
  outcome: z.enum(['paid', 'failed', 'returned']).openapi({
    description:
      '`failed`: the bank did not carry it out. `returned`: it left and came back; when it left may still be told.',
  }),
  amountCents: sumCentsSchema.describe('What was transferred: must be its total.'),
  currency: currencySchema,
  at: instantInput.optional().openapi({ description: 'Default now.' }),
  reason: z
    .string()
    .min(1)
    .max(500)
    .optional()
    .openapi({ description: 'Why it failed or came back.' }),
  reference: z.string().min(1).max(140).optional().openapi({ description: 'Of the bank.' }),
});

/** All of them, or none when any is not right. */
export const confirmPaid: Endpoint = (api) => {
  const body = z.strictObject({ payouts: z.array(confirmationSchema).min(1).max(5000) });
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-confirmations',
    tags,
    summary: 'Tell which payouts the bank paid, and which failed',
    description: 'All or nothing; again it changes nothing.',
    ...api.writes('admin', 'finance'),
    request: { body: jsonBody(body) },
    responses: { 200: jsonAnswer('What was recorded.', confirmedSchema), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { payouts } = c.req.valid('json');
    const confirmations = payouts.map((told, index) => ({
      payoutId: told.payoutId,
      partnerId: null,
      outcome: told.outcome,
      amountCents: told.amountCents,
      currency: told.currency,
      at: told.at ?? null,
      reason: told.reason ?? null,
      reference: told.reference ?? null,
      attempt: null,
      where: `/payouts/${String(index)}`,
    }));
    const { keyId } = c.get('principal');
    const {
      position,
      ignored: _,
      ...counts
    } = await confirmPayouts(payoutPorts(api), keyId, confirmations);
    return c.json(written(c, { position }, counts), 200);
  });
};

/** Its bodies may be larger than others. */
export const BANK_FILES = '/v1/bank-files';

/** The file as the bank gave it, in the body. */
export const confirmByFile: Endpoint = (api) => {
  const content = z.string().openapi({ format: 'binary' });
  const route = createRoute({
    method: 'post',
    path: BANK_FILES,
    tags,
    summary: 'Send what the bank reports on payments',
    description:
      'The body is the file itself: ISO 20022 `pain.002`, `camt.053` or `camt.054` (application/xml), or CSV with `payout_id,status,amount,currency,date,reason` (text/csv). All or nothing; again it changes nothing.',
    ...api.writes('admin', 'finance'),
    request: {
      body: {
        required: true,
        content: { 'application/xml': { schema: content }, 'text/csv': { schema: content } },
      },
    },
    responses: {
      200: jsonAnswer(
        'What was recorded.',
        confirmedSchema.extend({
          format: z.string(),
          ignored: z
            .array(z.object({ where: z.string(), why: z.string() }))
            .readonly()
            .openapi({ description: 'What says nothing about a payout.' }),
        }),
      ),
      ...writeFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const bytes = new Uint8Array(await c.req.arrayBuffer());
    const { keyId } = c.get('principal');
    const done = await confirmByBankFile(payoutPorts(api), keyId, { bytes });
    const { report, position, ignored: replaced, ...counts } = done;
    const { format } = report;
    const ignored = [
      ...report.ignored,
      ...replaced.map(({ where, message }) => ({ where, why: message })),
    ];
    return c.json(written(c, { position }, { ...counts, format, ignored }), 200);
  });
};
