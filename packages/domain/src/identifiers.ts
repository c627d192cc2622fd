import * as z from 'zod';

const named = (pattern: RegExp, example: string) =>
  z.string().regex(pattern, `like ${example}, matching ${pattern.source}`);

/** The stream name is made of it, so it stays short and plain. */
export const programmeIdSchema = named(/^[a-z0-9][a-z0-9-]{0,62}$/, 'affiliate');
export const partnerIdSchema = named(/^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/, 'woonblog');
export const shopIdSchema = named(/^[a-z0-9][a-z0-9-]{0,62}$/, 'webshop');
export const orderIdSchema = named(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'webshop-1042');
export const linkCodePattern = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
export const linkCodeSchema = named(linkCodePattern, 'woonblog-aanbouw');

/** Coupon codes are compared without regard to case: shops do so too. They are kept in upper case. */
export const couponCodeSchema = named(/^[\p{Lu}\p{N}][\p{Lu}\p{N}._-]{0,63}$/u, 'WOONBLOG10');

/** Also the end-to-end id of the payment, so short and without punctuation. */
export const payoutIdSchema = named(/^[A-Za-z0-9-]{1,35}$/, '5f0c1a2b3c4d5e6f708192a3b4c5d6e7');
/** Part of the message id of its payment files. */
export const payoutRunIdSchema = named(/^[A-Za-z0-9-]{1,24}$/, 'run-5f0c1a2b3c4d5e6f');
/** A calendar day. */
export const daySchema = z.iso.date();

/** A fact's own id inside its order: a refund or an amendment. */
export const orderFactIdSchema = named(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'refund-1');

/** Random, from the tracker's cookie or the snippet: says nothing about the person. */
export const visitorIdPattern = /^[A-Za-z0-9_-]{8,64}$/;
export const visitorIdSchema = named(visitorIdPattern, '01JD3ZK8Q6M0T5WX2Y9RAB7CDE');
/** The 128 bits of a ULID as a UUID: they carry no UUID version, so any is taken. */
export const touchIdPattern = z.regexes.guid;
export const touchIdSchema = z.guid();

/** HMAC-SHA-256 of the normalised e-mail address, or of the shop's customer id, in base64url. */
export const customerKeySchema = named(/^[A-Za-z0-9_-]{43}$/, 'an HMAC-SHA-256 in base64url');

/** Trims, applies NFKC and upper-cases a coupon code as a person typed it; null if it can't be a code. */
export function normaliseCouponCode(typed: string): string | null {
  const code = typed.normalize('NFKC').trim().toUpperCase();
  return couponCodeSchema.safeParse(code).success ? code : null;
}
