import * as z from 'zod';

/** Personal data encrypted outside the domain (AES-256-GCM); erasing the key `keyId` erases it. */
export const sealedSchema = z.object({
  keyId: z.string().min(1).max(128),
  iv: z.base64url(),
  ciphertext: z.base64url(),
});
export type Sealed = z.infer<typeof sealedSchema>;
