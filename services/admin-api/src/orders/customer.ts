import { z } from '@hono/zod-openapi';
import type { CustomerKeys } from '@provisie/privacy';

/** Who ordered, as a shop knows it. It is turned into a key at once and kept nowhere. */
export const customerSchema = z
  .strictObject({
    email: z.email().max(254).optional(),
    id: z.string().trim().min(1).max(128).optional().openapi({
      description: 'The customer’s id in the shop; used where there is no e-mail address.',
    }),
  })
  .refine(({ email, id }) => email !== undefined || id !== undefined, {
    error: 'neither an e-mail address nor an id',
  })
  .openapi({ example: { email: 'anna@example.nl' } });

/** What the order knows its customer by. */
export interface KnownBy {
  readonly email: string | null;
  /** In that shop. */
  readonly customerId: string | null;
  readonly shopId: string;
  readonly orderId: string;
}

/** One key per customer: of the e-mail address where there is one (rule 5). */
export async function customerKeyOf(keys: CustomerKeys, known: KnownBy): Promise<string> {
  const ofEmail = known.email === null ? null : await keys.ofEmail(known.email);
  if (ofEmail !== null) return ofEmail;
  // Somebody known by nothing is a customer of that one order.
  return keys.ofCustomerId(known.shopId, known.customerId ?? `order:${known.orderId}`);
}
