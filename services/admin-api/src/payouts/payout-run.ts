import { z } from '@hono/zod-openapi';
import { payoutRunIdSchema, type PayoutRunView } from '@provisie/domain';
import { inIso, instantAnswer, iso } from '../instants.ts';

export const runParams = z.object({ runId: payoutRunIdSchema });

const totals = z.object({
  payouts: z.int(),
  netCents: z.int().openapi({ description: 'Without VAT.' }),
  vatCents: z.int(),
  totalCents: z.int().openapi({ description: 'What the bank transfers.' }),
});

export const runSchema = z
  .object({
    runId: payoutRunIdSchema,
    status: z.enum(['awaiting_approval', 'scheduling', 'scheduled', 'abandoned']).openapi({
      description:
        '`awaiting_approval`: a second person must approve. `scheduling`: approved, and going on by itself. `scheduled`: the payouts are fixed. `abandoned`: taken back before anything was.',
    }),
    currency: z.string(),
    cutOff: instantAnswer,
    partnerIds: z.array(z.string()).readonly().nullable(),
    openedAt: instantAnswer,
    approvedBy: z.array(z.string()).readonly().openapi({ description: 'Access keys.' }),
    approvalsRequired: z.int(),
    fingerprint: z.string(),
    planned: totals.openapi({ description: 'What was approved.' }),
    closedAt: instantAnswer.nullable(),
    scheduled: totals.nullable().openapi({ description: 'What came of it; null until then.' }),
    skipped: z.int().openapi({
      description:
        'Partners who were approved and aren’t paid: they are left for the next run. `/v1/skipped-payouts` tells who and why.',
    }),
    reason: z.string().nullable(),
    exports: z.array(
      z.object({
        attempt: z.int().openapi({ description: 'Which payment file of the run it is, from 1.' }),
        exportedAt: instantAnswer,
        executionDate: z.iso.date(),
        payouts: z.int(),
        totalCents: z.int(),
      }),
    ),
  })
  .openapi('PayoutRun');

export function runAnswer(run: PayoutRunView) {
  return {
    ...inIso(run, ['cutOff', 'openedAt', 'closedAt']),
    exports: run.exports.map(({ exportedAt, ...made }) =>
      Object.assign({ exportedAt: iso(exportedAt) }, made),
    ),
  };
}
