import { newFact } from '@provisie/domain';
import type { NewFact } from '@provisie/domain';
import { readSigningSecrets, signMessage } from '../src/collector/signature.ts';
import { newId, NOON } from './tracked-shop.ts';

export const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
export const OTHER_SECRET = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD';

export function clicked(changed: { id?: string; occurredAt?: number } = {}): NewFact {
  const { id = newId(), occurredAt = NOON } = changed;
  return newFact('ClickRecorded', {
    id,
    occurredAt,
    data: {
      touchId: id,
      linkCode: 'woonblog',
      visitorId: 'visitor-1',
      bot: false,
      consent: 'unknown',
    },
  });
}

export interface Signing {
  readonly secret?: string;
  readonly at?: number;
  readonly gzip?: boolean;
}

/** A request to the collector, signed as a worker signs. */
export async function signedRequest(
  content: unknown,
  { secret = SECRET, at = NOON, gzip = false }: Signing = {},
): Promise<RequestInit> {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const bytes = new TextEncoder().encode(text);
  const body = gzip ? await gzipped(bytes) : bytes;
  const keys = await readSigningSecrets(secret);
  const signature = await signMessage(keys, { id: crypto.randomUUID(), at, body });
  const headers = { ...signature, ...(gzip && { 'Content-Encoding': 'gzip' }) };
  return { method: 'POST', headers, body };
}

async function gzipped(bytes: Uint8Array<ArrayBuffer>) {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}
