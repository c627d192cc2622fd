import { z } from 'zod';

// What the commands read of the API's answers; they let what else is in them pass.

const totals = z.object({
  payouts: z.int(),
  netCents: z.int(),
  vatCents: z.int(),
  totalCents: z.int(),
});
export type Totals = z.infer<typeof totals>;

const others = z.object({ partners: z.int(), netCents: z.int() });

export const previewSchema = z.object({
  currency: z.string(),
  cutOff: z.string(),
  due: totals,
  belowThreshold: others,
  blocked: others,
  fingerprint: z.string(),
});
export type Preview = z.infer<typeof previewSchema>;

export const partnerSchema = z.object({
  partnerId: z.string(),
  currency: z.string(),
  blocks: z.array(z.object({ text: z.string(), until: z.string().nullable() })),
  thresholdCents: z.int().nullable(),
  missingCents: z.int(),
  netCents: z.int(),
  clawbackCents: z.int(),
  vatCents: z.int(),
  totalCents: z.int(),
  lines: z.array(z.unknown()),
});
export type PartnerPreview = z.infer<typeof partnerSchema>;

export const runSchema = z.object({
  runId: z.string(),
  status: z.enum(['awaiting_approval', 'scheduling', 'scheduled', 'abandoned']),
  currency: z.string(),
  cutOff: z.string(),
  openedAt: z.string(),
  approvedBy: z.array(z.string()),
  approvalsRequired: z.int(),
  planned: totals,
  scheduled: totals.nullable(),
  skipped: z.int(),
  exports: z.array(
    z.object({
      attempt: z.int(),
      executionDate: z.string(),
      payouts: z.int(),
      totalCents: z.int(),
    }),
  ),
});
export type Run = z.infer<typeof runSchema>;

export const writtenRunSchema = runSchema.extend({ position: z.int() });

export const payoutSchema = z.object({
  payoutId: z.string(),
  runId: z.string(),
  partnerId: z.string(),
  currency: z.string(),
  status: z.string(),
  amountCents: z.int(),
  totalCents: z.int(),
  paidAt: z.string().nullable(),
  reason: z.string().nullable(),
  documents: z.array(z.object({ documentId: z.string(), number: z.string(), kind: z.string() })),
});
export type Payout = z.infer<typeof payoutSchema>;

export const skippedSchema = z.object({
  payoutId: z.string(),
  partnerId: z.string(),
  currency: z.string(),
  totalCents: z.int(),
  text: z.string(),
});
export type Skipped = z.infer<typeof skippedSchema>;

export const confirmedSchema = z.object({
  paid: z.int(),
  failed: z.int(),
  unchanged: z.int(),
});
export type Confirmed = z.infer<typeof confirmedSchema>;

export const bankFileSchema = confirmedSchema.extend({
  format: z.string(),
  ignored: z.array(z.object({ where: z.string(), why: z.string() })),
});

export const changesSchema = z.object({
  changes: z.array(
    z.object({
      payoutId: z.string().nullable(),
      field: z.string(),
      from: z.string(),
      to: z.string(),
    }),
  ),
});
