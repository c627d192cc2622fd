import { taxProfileSchema } from '@provisie/domain';
import type { Sealed } from '@provisie/domain';
import type { Vault } from '@provisie/privacy';
import { z } from 'zod';
import type { PayoutDetails } from './payout-details.ts';

/** What payout details are made of, nothing more: what was right when they were given is not checked again. */
export const payoutDetailsShape = z.object({
  accountHolder: z.string(),
  iban: z.string(),
  bic: z.string().nullable(),
  taxProfile: taxProfileSchema,
  vatId: z.string().nullable(),
  registrationNumber: z.string().nullable(),
  street: z.string(),
  postalCode: z.string(),
  city: z.string(),
  country: z.string(),
  language: z.enum(['nl', 'en']),
});

/** The name of a partner's key in the vault: erasing it erases profile and payout details alike. */
export function partnerSubject(partnerId: string): string {
  return `partner:${partnerId}`;
}

export function sealPayoutDetails(
  vault: Pick<Vault, 'seal'>,
  partnerId: string,
  details: PayoutDetails,
): Promise<Sealed> {
  return vault.seal(partnerSubject(partnerId), { ...details });
}

/** Null once they were erased. */
export async function openPayoutDetails(
  vault: Pick<Vault, 'open'>,
  sealed: Sealed,
): Promise<PayoutDetails | null> {
  const opened = await vault.open(sealed);
  return opened === null ? null : payoutDetailsShape.parse(opened);
}
