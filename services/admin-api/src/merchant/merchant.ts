import { z } from '@hono/zod-openapi';
import type { Fact, MerchantDetails } from '@provisie/domain';
import { inIso, instantAnswer } from '../instants.ts';
import { problem } from '../problems.ts';

export const merchantAnswerSchema = z
  .object({
    legalName: z.string(),
    street: z.string(),
    postalCode: z.string(),
    city: z.string(),
    country: z.literal('NL'),
    vatId: z.string(),
    registrationNumber: z.string().nullable(),
    email: z.string().nullable(),
    iban: z.string(),
    bic: z.string().nullable(),
    changedAt: instantAnswer,
  })
  .openapi('Merchant');

interface KnownMerchant extends MerchantDetails {
  readonly changedAt: number;
}

export function merchantAnswer(merchant: KnownMerchant) {
  return inIso(merchant, ['changedAt']);
}

/** What the facts of the stream `merchant` come to; null before the first. */
export function merchantOf(facts: readonly Fact[]): KnownMerchant | null {
  const last = facts.findLast((fact) => fact.type === 'MerchantDetailsChanged');
  return last === undefined ? null : { ...last.data, changedAt: last.occurredAt };
}

/** Throws `not_found`. */
export function knownMerchant<Known extends object>(merchant: Known | null): Known {
  if (merchant === null) {
    throw problem('not_found', 'The details of the merchant were not given yet.');
  }
  return merchant;
}
