import type { JsonObject, Sealed } from '@provisie/domain';
import { fromBase64, toBase64Url, utf8 } from './bytes.ts';
import type { Bytes } from './bytes.ts';
import type { ImportedKey } from './hmac.ts';
import { VaultError } from './vault.ts';

export interface SubjectKey {
  readonly keyId: string;
  readonly subject: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** A random 96-bit iv (NIST SP 800-38D §8.2.2) is safe for 2³² values under one key: a subject has a few. */
const ivBytes = 12;

export async function sealUnder(subjectKey: SubjectKey, value: JsonObject): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const ciphertext = await crypto.subtle.encrypt(
    algorithm(subjectKey, iv),
    await imported(subjectKey, 'encrypt'),
    utf8(JSON.stringify(value)),
  );
  return {
    keyId: subjectKey.keyId,
    iv: toBase64Url(iv),
    ciphertext: toBase64Url(new Uint8Array(ciphertext)),
  };
}

/** Throws `VaultError` `sealed_tampered` when it isn't what was sealed for this subject. */
export async function openUnder(subjectKey: SubjectKey, sealed: Sealed): Promise<JsonObject> {
  const iv = fromBase64(sealed.iv);
  const ciphertext = fromBase64(sealed.ciphertext);
  if (iv === null || iv.length !== ivBytes || ciphertext === null) throw tampered(sealed);
  const key = await imported(subjectKey, 'decrypt');
  const plain = await crypto.subtle
    .decrypt(algorithm(subjectKey, iv), key, ciphertext)
    .catch((cause: unknown) => {
      throw tampered(sealed, cause);
    });
  return parsed(new TextDecoder().decode(plain), sealed);
}

function algorithm({ keyId, subject }: SubjectKey, iv: Bytes) {
  const additionalData = utf8(JSON.stringify(['provisie-sealed-1', keyId, subject]));
  return { name: 'AES-GCM', iv, additionalData } as const;
}

function imported({ key }: SubjectKey, use: 'encrypt' | 'decrypt'): Promise<ImportedKey> {
  return crypto.subtle.importKey('raw', new Uint8Array(key), 'AES-GCM', false, [use]);
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
