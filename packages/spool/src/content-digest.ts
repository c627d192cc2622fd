import { hash } from 'node:crypto';
import type { PreparedEvent } from '@provisie/event-store/adapting';

const DIGEST_BYTES = 16;

/** Tells a repeat from another event under the same id, when the event itself is gone already. */
export function contentDigest(stream: string, event: PreparedEvent): Buffer {
  const { type, version, occurredAt, data } = event;
  // None of the parts holds a NUL, so they can't run into each other.
  const content = [stream, type, version, occurredAt, data].join('\0');
  return hash('sha256', content, 'buffer').subarray(0, DIGEST_BYTES);
}
