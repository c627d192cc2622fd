import { createRoute, z } from '@hono/zod-openapi';
import { currencySchema, daySchema, partnerIdSchema } from '@provisie/domain';
import type { PayoutRunView } from '@provisie/domain';
import type { HttpEnv } from '@provisie/http';
import { pageAnswer, pageQuery, pageRequest, pageSchema } from '@provisie/http';
import { cancelRun, confirmRun, runOf } from '@provisie/payouts';
import type { Context } from 'hono';
import { written, writtenPosition } from '../api.ts';
import type { Api, Endpoint } from '../api.ts';
import { instantInput } from '../instants.ts';
import { jsonAnswer, jsonBody, optionalBody, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { confirmedSchema } from './confirmation.ts';
import { commandOf, payoutPorts } from './ports.ts';
import { runAnswer, runParams, runSchema } from './payout-run.ts';

const tags = ['Payouts'];
const writtenRun = runSchema.extend({ position: writtenPosition });
const answers = { 200: jsonAnswer('The run.', writtenRun), ...writeFailures };

async function runWritten(api: Api, c: Context<HttpEnv>, run: PayoutRunView) {
  return written(c, { position: await api.store.head() }, runAnswer(run));
}

/** Approves what is due; it is scheduled at once unless a second person must approve. */
export const approveNewRun: Endpoint = (api) => {
  const body = z
    .strictObject({
      currency: currencySchema.default('EUR'),
      cutOff: instantInput.optional().openapi({
        description: 'Commissions count whose hold ended by then. Default now.',
      }),
      partnerIds: z
        .array(partnerIdSchema)
        .min(1)
        .max(1000)
        .optional()
        .openapi({ description: 'Only these. Default everyone who is due.' }),
      fingerprint: z
        .string()
        .optional()
        .openapi({ description: 'Of the preview: refused when what is due has changed since.' }),
    })
    .openapi({ example: { cutOff: '2026-03-31T21:59:59.999Z', fingerprint: '9f86d081884c…' } });
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-runs',
    tags,
    summary: 'Approve what is due as a payout run',
    description:
      'Fixes who is paid what. One run is made at a time. With `PROVISIE_PAYOUT_APPROVALS=2` another access key must approve it too; then the payouts are scheduled, which goes on by itself when it takes longer than this answer.',
    ...api.writesOnce('admin', 'finance'),
    request: { body: jsonBody(body) },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { currency, cutOff, partnerIds = null, fingerprint = null } = c.req.valid('json');
    const request = { currency, cutOff: cutOff ?? api.now(), partnerIds, fingerprint };
    const opened = await api.payoutRuns.approveNew(commandOf(api, c), request);
    const run = await api.payoutRuns.scheduled(opened.runId, api.allLimits.waitMs);
    return c.json(await runWritten(api, c, run), 200);
  });
};

export const approveRun: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-runs/{runId}/approve',
    tags,
    summary: 'Approve a run as the second person',
    ...api.writes('admin', 'finance'),
    request: { params: runParams },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    await api.payoutRuns.approve(commandOf(api, c), runId);
    const run = await api.payoutRuns.scheduled(runId, api.allLimits.waitMs);
    return c.json(await runWritten(api, c, run), 200);
  });
};

export const scheduleRun: Endpoint = (api) => {
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-runs/{runId}/schedule',
    tags,
    summary: 'Wait until an approved run is scheduled',
    description: 'An approved run is scheduled by itself; this begins it anew where it stopped.',
    ...api.writes('admin', 'finance'),
    request: { params: runParams },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    const run = await api.payoutRuns.scheduled(runId, api.allLimits.waitMs);
    return c.json(await runWritten(api, c, run), 200);
  });
};

export const listRuns: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-runs',
    tags,
    summary: 'List payout runs, newest first',
    ...api.reads('admin', 'finance'),
    request: { query: z.strictObject({ ...pageQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('A page.', pageSchema(runSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const page = await api.readModel.payoutRuns(pageRequest(c.req.valid('query')));
    return c.json(pageAnswer(c, page, runAnswer), 200);
  });
};

/** From the log itself, so that it is never behind. */
export const getRun: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-runs/{runId}',
    tags,
    summary: 'Read a payout run',
    ...api.reads('admin', 'finance'),
    request: { params: runParams, query: z.strictObject(waitQuery) },
    responses: { 200: jsonAnswer('The run.', runSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    return c.json(runAnswer(await runOf(api.store, runId)), 200);
  });
};

export const exportRun: Endpoint = (api) => {
  const body = z.strictObject({
    executionDate: daySchema.optional().openapi({
      description: 'When the bank is to pay. Default the next day that isn’t in a weekend.',
    }),
    replaces: z.boolean().optional().openapi({
      description:
        'Default false. The bank refused the last file as a whole: make another of what isn’t paid. The last one is not handed out any more.',
    }),
  });
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-runs/{runId}/export',
    tags,
    summary: 'Make the payment file of a run and issue its invoices',
    description:
      'Then read `/payment-file` and `/payouts.csv`. Again it changes nothing. Where it takes longer than this answer, `exports` is still empty: ask again.',
    ...api.writesOnce('admin', 'finance'),
    request: { params: runParams, body: optionalBody(body) },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    const { executionDate = null, replaces = false } = c.req.valid('json');
    const request = { executionDate, replaces };
    const command = commandOf(api, c);
    const { waitMs } = api.allLimits;
    const run = await api.payoutRuns.exported(command, runId, request, waitMs);
    return c.json(await runWritten(api, c, run), 200);
  });
};

export const confirmRunPaid: Endpoint = (api) => {
  const body = z
    .strictObject({
      totalCents: z.int().min(0).openapi({
        description: 'What left the account: must be the sum of the payouts that didn’t fail.',
      }),
      paidAt: instantInput.optional().openapi({ description: 'Default now.' }),
    })
    .openapi({ example: { totalCents: 124_388 } });
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-runs/{runId}/confirm',
    tags,
    summary: 'Confirm that the bank paid a run',
    description: 'Tell of payouts that failed first, at `/v1/payout-confirmations`.',
    ...api.writes('admin', 'finance'),
    request: { params: runParams, body: jsonBody(body) },
    responses: { 200: jsonAnswer('What was recorded.', confirmedSchema), ...writeFailures },
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    const { totalCents, paidAt = null } = c.req.valid('json');
    const { keyId } = c.get('principal');
    const told = { at: paidAt, totalCents };
    const {
      position,
      ignored: _,
      ...counts
    } = await confirmRun(payoutPorts(api), keyId, runId, told);
    return c.json(written(c, { position }, counts), 200);
  });
};

export const cancelPayoutRun: Endpoint = (api) => {
  const body = z.strictObject({
    reason: z.string().min(1).max(500),
    notSentToBank: z.boolean().default(false).openapi({
      description: 'You made sure that the bank won’t carry out the payment file.',
    }),
  });
  const route = createRoute({
    method: 'post',
    path: '/v1/payout-runs/{runId}/cancel',
    tags,
    summary: 'Take a run back',
    description: 'All of it or nothing; not once a payout of it is paid.',
    ...api.writes('admin', 'finance'),
    request: { params: runParams, body: jsonBody(body) },
    responses: answers,
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    const run = await cancelRun(payoutPorts(api), commandOf(api, c), runId, c.req.valid('json'));
    return c.json(await runWritten(api, c, run), 200);
  });
};
