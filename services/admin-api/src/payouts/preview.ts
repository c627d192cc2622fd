import { createRoute, z } from '@hono/zod-openapi';
import {
  assessPayout,
  currencySchema,
  partnerIdSchema,
  payoutLineSchema,
  vatPartSchema,
  type Instant,
  type PayoutAssessment,
} from '@provisie/domain';
import { pageQuery, pageRequest, pageSchema, pageAnswer } from '@provisie/http';
import { previewRun } from '@provisie/payouts';
import type { Api, Endpoint } from '../api.ts';
import { instantAnswer, instantInput, iso } from '../instants.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { payoutPorts } from './ports.ts';
import { toldToFinance } from './told-blocks.ts';

/** What a run is asked for, in a query. */
const runQuery = {
  currency: currencySchema.default('EUR'),
  cutOff: instantInput
    .optional()
    .openapi({ description: 'Commissions count whose hold ended by then. Default now.' }),
  partnerId: z
    .union([partnerIdSchema, z.array(partnerIdSchema).min(1).max(1000)])
    .optional()
    .openapi({ description: 'Only these partners; may be repeated. Default everyone.' }),
};

interface RunQuery {
  readonly currency: string;
  readonly cutOff?: Instant | undefined;
  readonly partnerId?: string | readonly string[] | undefined;
}

function requestOf({ currency, cutOff, partnerId }: RunQuery, now: Instant) {
  const partnerIds = partnerId === undefined ? null : [partnerId].flat();
  return { currency, cutOff: cutOff ?? now, partnerIds };
}

const totals = z.object({
  payouts: z.int(),
  netCents: z.int(),
  vatCents: z.int(),
  totalCents: z.int(),
});
const others = z.object({ partners: z.int(), netCents: z.int() });

const previewSchema = z
  .object({
    currency: z.string(),
    cutOff: instantAnswer,
    at: instantAnswer,
    due: totals.openapi({ description: 'What a run would pay now.' }),
    belowThreshold: others,
    blocked: others,
    blocks: z
      .record(z.string(), z.int())
      .openapi({ description: 'Partners by what blocks them; one may have several reasons.' }),
    fingerprint: z
      .string()
      .openapi({ description: 'Approve with it: refused when what is due has changed since.' }),
  })
  .openapi('PayoutPreview');

/** The sums over everybody; nothing is written. */
export const previewPayouts: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-preview',
    tags: ['Payouts'],
    summary: 'See what a payout run would pay now',
    ...api.reads('admin', 'finance'),
    request: { query: z.strictObject({ ...runQuery, ...waitQuery }) },
    responses: { 200: jsonAnswer('The sums.', previewSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const request = requestOf(c.req.valid('query'), api.now());
    const preview = await previewRun(payoutPorts(api), request);
    const { partnerIds: _, at, cutOff, ...sums } = preview;
    return c.json({ ...sums, at: iso(at), cutOff: iso(cutOff) }, 200);
  });
};

const partnerPreviewSchema = z
  .object({
    partnerId: partnerIdSchema,
    currency: z.string(),
    status: z.enum(['due', 'below_threshold', 'blocked']),
    blocks: z.array(
      z.object({
        reason: z.string(),
        text: z.string(),
        until: instantAnswer.nullable(),
      }),
    ),
    thresholdCents: z.int().nullable(),
    missingCents: z.int(),
    netCents: z.int().openapi({ description: 'Negative: more is to be taken back than paid.' }),
    clawbackCents: z.int().openapi({ description: 'What of it is taken back.' }),
    vatCents: z.int(),
    totalCents: z.int(),
    vat: z.array(vatPartSchema).readonly(),
    lines: z.array(payoutLineSchema).readonly(),
  })
  .openapi('PartnerPreview');

/** Candidates looked through for one page of a status that few have. */
const MOST_PAGES = 40;

export const previewPartners: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/payout-preview/partners',
    tags: ['Payouts'],
    summary: 'See partner by partner who is due, below the threshold or blocked, and why',
    description: 'A page may hold fewer rows than `limit` although more follow: go on with `next`.',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        ...runQuery,
        status: z.enum(['due', 'below_threshold', 'blocked']).optional(),
        ...pageQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('A page.', pageSchema(partnerPreviewSchema)), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { status, limit, cursor, ...query } = c.req.valid('query');
    const page = await assessedPage(api, query, status ?? null, pageRequest({ limit, cursor }));
    return c.json(pageAnswer(c, page, partnerAnswer), 200);
  });
};

async function assessedPage(
  api: Api,
  query: RunQuery,
  status: PayoutAssessment['status'] | null,
  page: { readonly limit: number; readonly cursor: string | null },
): Promise<{ rows: readonly PayoutAssessment[]; next: string | null }> {
  const at = api.now();
  const request = { ...requestOf(query, at), at };
  const moments = { at, cutOff: request.cutOff, coolingMs: api.payoutPolicy.coolingMs };
  return api.readModel.snapshot(async (model) => {
    let { cursor } = page;
    for (let pages = 1; ; pages += 1) {
      const found = await model.payoutCandidates(request, { limit: page.limit, cursor });
      const assessed = found.rows.map((candidate) => assessPayout(candidate, moments));
      const rows = assessed.filter((row) => status === null || row.status === status);
      cursor = found.next;
      if (rows.length > 0 || cursor === null || pages === MOST_PAGES) return { rows, next: cursor };
    }
  });
}

function partnerAnswer(assessment: PayoutAssessment) {
  return { ...assessment, blocks: assessment.blocks.map(toldToFinance) };
}
