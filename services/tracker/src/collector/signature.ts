import { fromBase64, utf8 } from '@provisie/privacy/hashing';
import type { ImportedKey } from '@provisie/privacy/hashing';

const PREFIX = 'whsec_';
const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' } as const;
const FEWEST_BYTES = 24;
const MOST_BYTES = 64;
/** More in one request than any rotation needs. */
const MOST_SIGNATURES = 8;

/** Secrets that sign and verify; several at once while one replaces another. */
export type SigningKeys = readonly ImportedKey[];

/** The headers of a message signed as Standard Webhooks 1.0 says. */
export interface SignatureHeaders {
  readonly 'webhook-id': string;
  /** Seconds since 1970. */
  readonly 'webhook-timestamp': string;
  /** `v1,` and base64, once per secret, with spaces between. */
  readonly 'webhook-signature': string;
}

export interface SignedMessage {
  readonly id: string;
  /** UTC milliseconds. */
  readonly at: number;
  /** As it goes over the wire. */
  readonly body: Uint8Array;
}

export type SignatureVerdict =
  /** `sentAt`: by the sender's clock, in UTC milliseconds. */
  | { readonly verdict: 'valid'; readonly sentAt: number }
  | { readonly verdict: 'missing' | 'wrong' };

/**
 * Reads secrets with white space or commas between them: each `whsec_` and base64 of 24 to 64 bytes, as
 * Standard Webhooks writes them. Throws a `RangeError` that tells which one is wrong, never what it is.
 */
export function readSigningSecrets(text: string): Promise<SigningKeys> {
  const secrets = text.split(/[\s,]+/).filter((secret) => secret !== '');
  return Promise.all(secrets.map(importSecret));
}

/** With every key, so that the receiver may know either the old or the new secret. */
export async function signMessage(
  keys: SigningKeys,
  message: SignedMessage,
): Promise<SignatureHeaders> {
  const timestamp = String(Math.floor(message.at / 1000));
  const content = signedContent(message.id, timestamp, message.body);
  const signatures = await Promise.all(
    keys.map(async (key) => new Uint8Array(await crypto.subtle.sign('HMAC', key, content))),
  );
  return {
    'webhook-id': message.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.map((bytes) => `v1,${toBase64(bytes)}`).join(' '),
  };
}

/**
 * Valid when any of the signatures is by any of the keys; each is compared in constant time. However old it is: who takes
 * it must know again what came before.
 */
export async function verifyMessage(
  keys: SigningKeys,
  headers: Headers,
  body: Uint8Array,
): Promise<SignatureVerdict> {
  const id = headers.get('webhook-id') ?? '';
  const timestamp = headers.get('webhook-timestamp') ?? '';
  const signatures = readSignatures(headers.get('webhook-signature') ?? '');
  const isDated = /^\d{1,12}$/.test(timestamp);
  if (id === '' || !isDated || signatures.length === 0) return { verdict: 'missing' };
  const content = signedContent(id, timestamp, body);
  for (const key of keys) {
    for (const signature of signatures) {
      if (await crypto.subtle.verify('HMAC', key, signature, content)) {
        return { verdict: 'valid', sentAt: Number(timestamp) * 1000 };
      }
    }
  }
  return { verdict: 'wrong' };
}

async function importSecret(secret: string, index: number): Promise<ImportedKey> {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : null;
  const bytes = encoded === null ? null : fromBase64(encoded);
  if (bytes === null || bytes.length < FEWEST_BYTES || bytes.length > MOST_BYTES) {
    throw new RangeError(
      `Signing secret ${String(index + 1)} must be ${PREFIX} and base64 of ${String(FEWEST_BYTES)} to ${String(MOST_BYTES)} bytes.`,
    );
  }
  return crypto.subtle.importKey('raw', bytes, ALGORITHM, false, ['sign', 'verify']);
}

function readSignatures(header: string) {
  return header
    .split(' ')
    .filter((part) => part.startsWith('v1,'))
    .slice(0, MOST_SIGNATURES)
    .map((part) => fromBase64(part.slice('v1,'.length)))
    .filter((signature) => signature !== null);
}

function signedContent(id: string, timestamp: string, body: Uint8Array) {
  const head = utf8(`${id}.${timestamp}.`);
  const content = new Uint8Array(head.length + body.length);
  content.set(head);
  content.set(body, head.length);
  return content;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCodePoint(...bytes));
}
