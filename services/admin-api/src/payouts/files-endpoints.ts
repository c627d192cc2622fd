import { createRoute, z } from '@hono/zod-openapi';
import type { HttpEnv } from '@provisie/http';
import { paymentFile, payoutsFile } from '@provisie/payouts';
import type { Context } from 'hono';
import type { Endpoint } from '../api.ts';
import { jsonAnswer, readFailures, writeFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { runParams } from './payout-run.ts';
import { payoutPorts } from './ports.ts';

const tags = ['Payouts'];
const failures = { ...readFailures, 409: writeFailures[409] };

const fileQuery = z.strictObject({
  ...waitQuery,
  format: z.enum(['pain.001.001.09', 'pain.001.001.03']).default('pain.001.001.09'),
  attempt: z.coerce
    .number()
    .int()
    .min(1)
    .optional()
    .openapi({ description: 'Which file of the run. Default the last; older ones were replaced.' }),
  batchBooking: z
    .enum(['true', 'false'])
    .default('true')
    .openapi({ description: 'One line on your bank statement for all payments.' }),
});

function fileRequest(runId: string, query: Omit<z.infer<typeof fileQuery>, 'waitFor'>) {
  const { format, attempt = null, batchBooking } = query;
  return { runId, format, attempt, batchBooking: batchBooking === 'true' };
}

/** The SEPA credit transfer to upload at the bank; again the same bytes. */
export const getPaymentFile: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-runs/{runId}/payment-file',
    tags,
    summary: 'Download the SEPA payment file of an exported run',
    ...api.reads('admin', 'finance'),
    request: { params: runParams, query: fileQuery },
    responses: {
      200: { description: 'The file.', content: { 'application/xml': { schema: z.string() } } },
      ...failures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    const request = fileRequest(runId, c.req.valid('query'));
    const pieces = await paymentFile(payoutPorts(api), request);
    const name = `${runId}.${request.format}.xml`;
    return download(c, 'application/xml; charset=utf-8', name, pieces);
  });
};

export const getPaymentFileChanges: Endpoint = (api) => {
  const change = z.object({
    payoutId: z.string().nullable().openapi({ description: 'Null: the head of the file.' }),
    field: z.string(),
    from: z.string(),
    to: z.string(),
  });
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-runs/{runId}/payment-file/changes',
    tags,
    summary: 'See which names and texts SEPA’s character set changed in the payment file',
    ...api.reads('admin', 'finance'),
    request: { params: runParams, query: fileQuery },
    responses: {
      200: jsonAnswer('The changes.', z.object({ changes: z.array(change) })),
      ...failures,
    },
  });
  api.app.openapi(route, async (c) => {
    const changes: z.infer<typeof change>[] = [];
    const pieces = await paymentFile(payoutPorts(api), {
      ...fileRequest(c.req.valid('param').runId, c.req.valid('query')),
      onChange: ({ endToEndId, field, from, to }) => {
        changes.push({ payoutId: endToEndId, field, from, to });
      },
    });
    for await (const _ of pieces);
    return c.json({ changes }, 200);
  });
};

export const getPayoutsCsv: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-runs/{runId}/payouts.csv',
    tags,
    summary: 'Download the payouts of a run as CSV',
    description:
      'Columns: payout_id, run_id, partner_id, status, currency, net, vat, total, lines, account_holder, iban, bic, document_numbers, scheduled_at, exported_at, paid_at, failure_reason. Text that a spreadsheet would run as a formula begins with an apostrophe.',
    ...api.reads('admin', 'finance'),
    request: { params: runParams, query: z.strictObject(waitQuery) },
    responses: {
      200: { description: 'The file.', content: { 'text/csv': { schema: z.string() } } },
      ...failures,
    },
  });
  api.app.openapi(route, async (c) => {
    const { runId } = c.req.valid('param');
    const pieces = await payoutsFile(payoutPorts(api), runId);
    return download(c, 'text/csv; charset=utf-8', `${runId}.csv`, pieces);
  });
};

/** Streams a file; what is wrong with its first piece is still answered as a problem. */
export async function download(
  c: Context<HttpEnv>,
  type: string,
  name: string,
  pieces: AsyncIterable<string>,
) {
  const source = pieces[Symbol.asyncIterator]();
  const first = await source.next();
  const encoder = new TextEncoder();
  let pending: IteratorResult<string> | null = first;
  const body = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const next = pending ?? (await source.next());
      pending = null;
      if (next.done === true) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: async () => {
      await source.return?.();
    },
  });
  c.header('Content-Type', type);
  c.header('Content-Disposition', `attachment; filename="${name}"`);
  return c.body(body, 200);
}
