import { z } from '@hono/zod-openapi';
import type { Sealed } from '@provisie/domain';
import { partnerSubject } from '@provisie/payouts';
import type { CustomerKeys, Vault } from '@provisie/privacy';
import { problem } from '../problems.ts';

/** A partner's own details. In the log they are sealed under a key of that partner. */
export const profileSchema = z
  .strictObject({
    name: z.string().min(1).max(200),
    email: z.email().max(254),
    website: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional(),
  })
  .openapi('Profile', {
    example: {
      name: 'Woonblog',
      email: 'redactie@woonblog.example',
      website: 'https://woonblog.example/',
    },
  });
export type Profile = z.infer<typeof profileSchema>;

/** More addresses the partner orders under, so that an order of its own is seen as such. */
export const ownEmails = z.array(z.email().max(254)).max(10);

export function sealProfile(vault: Vault, partnerId: string, profile: Profile): Promise<Sealed> {
  const { name, email, website } = profile;
  return vault.seal(
    partnerSubject(partnerId),
    website === undefined ? { name, email } : { name, email, website },
  );
}

/** Null once it was erased. */
export async function openProfile(vault: Vault, sealed: Sealed): Promise<Profile | null> {
  const opened = await vault.open(sealed);
  return opened === null ? null : profileSchema.parse(opened);
}

/** The keys the partner would have as a customer under these addresses, each once. */
export async function customerKeysOf(
  customerKeys: CustomerKeys,
  emails: readonly string[],
): Promise<readonly string[]> {
  const keys = await Promise.all(emails.map((email) => keyOf(customerKeys, email)));
  return [...new Set(keys)];
}

async function keyOf(customerKeys: CustomerKeys, email: string): Promise<string> {
  const key = await customerKeys.ofEmail(email);
  if (key !== null) return key;
  throw problem('invalid_request', 'An e-mail address can not be used.', {
    errors: [{ path: '/profile/email', problem: 'not an e-mail address' }],
  });
}
