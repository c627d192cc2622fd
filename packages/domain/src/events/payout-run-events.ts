import * as z from 'zod';
import { defineEvent } from '../event-definition.ts';
import { daySchema, partnerIdSchema, payoutIdSchema, payoutRunIdSchema } from '../identifiers.ts';
import { instantSchema } from '../instant.ts';
import { sumCentsSchema, currencySchema } from '../money.ts';
import { PAYOUT_BLOCK_REASONS } from '../payout/block-reasons.ts';

const keyId = z.string().min(1).max(64);
/** SHA-256, hex. */
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** What a run comes to; the amounts add up over its payouts. */
const totals = {
  payouts: z.int().min(0),
  netCents: sumCentsSchema,
  vatCents: z.int(),
  totalCents: sumCentsSchema,
};

/**
 * A person approved a plan: from now on it is carried out as it is, and no other run is opened before this one is
 * closed. The plan stands in `PayoutRunPlanned`, written before.
 */
export const PayoutRunOpened = defineEvent(
  'PayoutRunOpened',
  z.object({
    runId: payoutRunIdSchema,
    currency: currencySchema,
    /** Commissions count whose hold ended by then. */
    cutOff: instantSchema,
    /** Null: every partner who is due. */
    partnerIds: z.array(partnerIdSchema).min(1).max(1000).nullable(),
    parts: z.int().min(0),
    ...totals,
    /** Over the whole plan. */
    fingerprint: hash,
    approvedBy: keyId,
    /** People who must approve before anything is scheduled. */
    approvalsRequired: z.int().min(1).max(2),
  }),
);
export const PayoutRunApproved = defineEvent(
  'PayoutRunApproved',
  z.object({ runId: payoutRunIdSchema, approvedBy: keyId }),
);
export const PayoutRunClosed = defineEvent(
  'PayoutRunClosed',
  z.object({
    runId: payoutRunIdSchema,
    /** `scheduled`: the payouts are in their streams. `abandoned`: none is, and none will be. */
    outcome: z.enum(['scheduled', 'abandoned']),
    ...totals,
    /** Partners of the plan who aren't paid: `PayoutSkipped` says why, but for a run that was abandoned. */
    skipped: z.int().min(0),
    reason: z.string().max(500).optional(),
  }),
);

/** Some hundred payouts of a plan. `lines`: a hash of what the payout will pay, order by order. */
export const PayoutRunPlanned = defineEvent(
  'PayoutRunPlanned',
  z.object({
    runId: payoutRunIdSchema,
    /** From 1. */
    part: z.int().min(1),
    payouts: z
      .array(
        z.object({
          payoutId: payoutIdSchema,
          partnerId: partnerIdSchema,
          netCents: sumCentsSchema,
          totalCents: sumCentsSchema,
          lines: hash,
        }),
      )
      .min(1)
      .max(1000),
  }),
);
/** Why a payout of an approved plan isn't made; one has the first of these that applies. */
export const SKIP_REASONS = [
  /** Another payout, its end or a write-off came in between. */
  'settled_meanwhile',
  ...PAYOUT_BLOCK_REASONS,
  'below_threshold',
  /** It would be due, with other orders or amounts than those approved. */
  'changed_since_approval',
  /** More orders than the store takes in one event. */
  'too_large',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/**
 * In the partner's stream, in the place of `PayoutScheduled`: this run doesn't pay them any more, and what is owed waits
 * for the next. The amounts are those approved.
 */
export const PayoutSkipped = defineEvent(
  'PayoutSkipped',
  z.object({
    payoutId: payoutIdSchema,
    runId: payoutRunIdSchema,
    partnerId: partnerIdSchema,
    currency: currencySchema,
    amountCents: sumCentsSchema,
    totalCents: sumCentsSchema,
    reason: z.enum(SKIP_REASONS),
  }),
);

/** A payment file was made of what was to be paid then. */
export const PayoutRunExported = defineEvent(
  'PayoutRunExported',
  z.object({
    runId: payoutRunIdSchema,
    /** From 1; a further one replaces a file that the bank refused as a whole. */
    attempt: z.int().min(1),
    executionDate: daySchema,
    payouts: z.int().min(0),
    totalCents: sumCentsSchema,
  }),
);

export const payoutRunEvents = {
  PayoutRunOpened,
  PayoutRunApproved,
  PayoutRunClosed,
  PayoutRunPlanned,
  PayoutSkipped,
  PayoutRunExported,
};
