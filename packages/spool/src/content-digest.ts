import { hash } from 'node:crypto';
import type { PreparedEvent } from '@provisie/event-store/adapting';
import canonicalize from 'canonicalize';

const DIGEST_BYTES = 16;

/** Tells a repeat from another event under the same id, when the event itself is gone already. */
export function contentDigest(stream: string, event: PreparedEvent): Buffer {
  const { type, version, occurredAt, data } = event;
  const content = canonicalize([stream, type, version, occurredAt, JSON.parse(data)]) ?? '';
  return hash('sha256', content, 'buffer').subarray(0, DIGEST_BYTES);
}
