import { fromBase64 } from '@provisie/privacy';
import * as z from 'zod';

const KEY_BYTES = 32;

/** 32 bytes in base64. */
export const keyVariable = z.string().transform((text, context) => {
  const bytes = fromBase64(text);
  if (bytes !== null && bytes.length === KEY_BYTES) return bytes;
  context.addIssue({ code: 'custom', message: `must be ${String(KEY_BYTES)} bytes in base64` });
  return z.NEVER;
});

export const tokenVariable = z
  .string()
  .regex(/^[\x21-\x7e]{24,}$/, 'must be at least 24 characters without white space');

const signingSecretVariable = z
  .string()
  .regex(
    /^(?:whsec_[A-Za-z0-9+/=_-]{32,}[\s,]*)+$/,
    'must be whsec_ and base64 of 24 to 64 bytes; several with spaces between',
  );

/** What a server needs that trackers on the edge get their links from and send their touches to. */
export const EDGE_VARIABLES = {
  PROVISIE_LINK_DIRECTORY_TOKEN: tokenVariable.optional(),
  PROVISIE_COLLECTOR_SECRET: signingSecretVariable.optional(),
} as const;
