import { createRoute, z } from '@hono/zod-openapi';
import { dayNamed, dayOf, dayText, partnerIdSchema, programmeIdSchema } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import type { Endpoint } from '../api.ts';
import { given } from '../given.ts';
import { problem } from '../problems.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';

const dimensionSchema = z.enum(['day', 'partner', 'link', 'coupon', 'campaign', 'programme']);
const DEFAULT_DAYS = 30;
const MAX_DAYS = 3660;

const daySchema = z.iso.date().openapi({ example: '2026-03-01' });

const groupBySchema = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(dimensionSchema).max(6))
  .transform((dimensions) => [...new Set(dimensions)])
  .openapi({
    type: 'string',
    description: 'Of `day`, `partner`, `link`, `coupon`, `campaign`, `programme`, with commas.',
    example: 'partner,day',
  });

/** The query of a performance report, apart from whose it is. */
export const performanceQuery = {
  from: daySchema.optional().openapi({
    description: `Inclusive; a day in the Netherlands, as on papers; at most ${String(MAX_DAYS)} days before \`to\`. Default 30 days before it.`,
  }),
  to: daySchema.optional().openapi({ description: 'Inclusive. Default today.' }),
  programmeId: programmeIdSchema.optional(),
  groupBy: groupBySchema.optional(),
};

const name = z.string().nullable();

export const performanceSchema = z
  .object({
    from: z.string(),
    to: z.string(),
    rows: z
      .array(
        z.object({
          day: name,
          partnerId: name,
          programmeId: name,
          linkCode: name,
          couponCode: name,
          campaign: name,
          clicks: z.int(),
          uniqueVisitors: z.int(),
          visits: z.int(),
          orders: z.int(),
          currency: name,
          revenueCents: z.int(),
          commissionCents: z.int(),
          conversionRate: z.number().nullable(),
          averageOrderCents: z.int().nullable(),
          earningsPerClickCents: z.int().nullable(),
        }),
      )
      .readonly(),
  })
  .openapi('Performance');

interface AskedDays {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * The days that a report covers; at most ten years, so that a slip costs little. Throws `invalid_request` for more: figures
 * of fewer days than were asked for would be taken for those of all.
 */
export function coveredDays({ from, to }: AskedDays, now: Instant) {
  const last = to === undefined ? dayOf(now) : dayNamed(to);
  const first = from === undefined ? last - DEFAULT_DAYS : dayNamed(from);
  const earliest = last - MAX_DAYS;
  if (first < earliest) throw tooManyDays(earliest, last);
  // Nothing has happened before 1970.
  return { fromDay: dayText(Math.max(first, 0)), toDay: dayText(last) };
}

function tooManyDays(earliest: number, last: number) {
  return problem('invalid_request', 'One value is not right; see `errors`.', {
    errors: [
      {
        path: 'query/from',
        problem: `more than ${String(MAX_DAYS)} days before ${dayText(last)}`,
        expected: `${dayText(earliest)} or later; or ask for the years one by one`,
      },
    ],
  });
}

/** Clicks, visits, orders and commission per partner, link, coupon, campaign, programme or day. */
export const performance: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/performance',
    tags: ['Reports'],
    summary: 'Read what links and coupons brought',
    ...api.reads('admin', 'finance'),
    request: {
      query: z.strictObject({
        partnerId: partnerIdSchema.optional(),
        ...performanceQuery,
        ...waitQuery,
      }),
    },
    responses: { 200: jsonAnswer('The figures.', performanceSchema), ...readFailures },
  });
  api.app.openapi(route, async (c) => {
    const { partnerId, programmeId, groupBy = ['partner'], ...days } = c.req.valid('query');
    const covered = coveredDays(days, api.now());
    const rows = await api.readModel.performance({
      ...covered,
      groupBy,
      ...given({ partnerId, programmeId }),
    });
    return c.json({ from: covered.fromDay, to: covered.toDay, rows }, 200);
  });
};
