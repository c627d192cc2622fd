import * as z from 'zod';

/** What an edge worker and the collector say to each other: the part that both need. */

/** In one batch. */
export const MOST_TOUCHES = 1000;

/** Names an edge worker, or its region, in the streams: `touches-<worker>-<date>`. */
export const workerNameSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'like edge-eu: up to 40 of a-z, 0-9 and -');

const touchOutcomeSchema = z.discriminatedUnion('outcome', [
  /** It is in the log now. */
  z.object({ outcome: z.literal('accepted') }),
  /** It was in the log before. */
  z.object({ outcome: z.literal('repeated') }),
  /** It never will be: the same again is refused again. */
  z.object({ outcome: z.literal('refused'), path: z.string(), problem: z.string() }),
]);
export type TouchOutcome = z.infer<typeof touchOutcomeSchema>;
export type RefusedTouch = Extract<TouchOutcome, { readonly outcome: 'refused' }>;

/** The answer to a batch: what became of each touch, in the batch's order. */
export const collectAnswerSchema = z.object({ outcomes: z.array(touchOutcomeSchema) });
export type CollectAnswer = z.infer<typeof collectAnswerSchema>;
