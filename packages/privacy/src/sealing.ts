import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { JsonObject, Sealed } from '@provisie/domain';
import { VaultError } from './vault.ts';

export interface SubjectKey {
  readonly keyId: string;
  readonly subject: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

const ALGORITHM = 'aes-256-gcm';
/** A random 96-bit iv (NIST SP 800-38D §8.2.2) is safe for 2³² values under one key: a subject has a few. */
const IV_BYTES = 12;
/** The tag stands at the end of the ciphertext, as WebCrypto has it. */
const TAG_BYTES = 16;

export function sealUnder(subjectKey: SubjectKey, value: JsonObject): Sealed {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(ALGORITHM, subjectKey.key, iv).setAAD(associated(subjectKey));
  const ciphertext = [cipher.update(JSON.stringify(value), 'utf8'), cipher.final()];
  return {
    keyId: subjectKey.keyId,
    iv: iv.toString('base64url'),
    ciphertext: Buffer.concat([...ciphertext, cipher.getAuthTag()]).toString('base64url'),
  };
}

/** Throws `VaultError` `sealed_tampered` when it isn't what was sealed for this subject. */
export function openUnder(subjectKey: SubjectKey, sealed: Sealed): JsonObject {
  const iv = Buffer.from(sealed.iv, 'base64url');
  const bytes = Buffer.from(sealed.ciphertext, 'base64url');
  if (iv.length !== IV_BYTES || bytes.length < TAG_BYTES) throw tampered(sealed);
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(ALGORITHM, subjectKey.key, iv, options)
    .setAAD(associated(subjectKey))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    const plain = [decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()];
    return parsed(Buffer.concat(plain).toString('utf8'), sealed);
  } catch (cause) {
    throw tampered(sealed, cause);
  }
}

function associated({ keyId, subject }: SubjectKey): Buffer {
  return Buffer.from(JSON.stringify(['provisie-sealed-1', keyId, subject]));
}

function parsed(text: string, sealed: Sealed): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isJsonObject(value)) throw tampered(sealed);
  return value;
}

function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function tampered(sealed: Sealed, cause?: unknown): VaultError {
  return new VaultError(
    'sealed_tampered',
    `What is sealed under key ${sealed.keyId} can't be opened: it isn't what was sealed with this key.`,
    { cause },
  );
}
