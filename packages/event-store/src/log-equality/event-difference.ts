import canonicalize from 'canonicalize';
import type { RecordedEvent } from '../event-store.ts';

export type ComparedField = keyof RecordedEvent;

const plainFields = [
  'stream',
  'revision',
  'id',
  'type',
  'version',
  'occurredAt',
  'recordedAt',
] as const;

/**
 * The first field in which two recorded events differ; null when there is none. Data and metadata are compared as
 * canonical JSON (RFC 8785). `withPositions`: false where an engine gives its own.
 */
export function eventDifference(
  one: RecordedEvent,
  other: RecordedEvent,
  { withPositions }: { readonly withPositions: boolean },
): ComparedField | null {
  if (withPositions && one.position !== other.position) return 'position';
  const plain = plainFields.find((field) => one[field] !== other[field]);
  if (plain !== undefined) return plain;
  if (!isSameJson(one.data, other.data)) return 'data';
  return isSameJson(one.metadata, other.metadata) ? null : 'metadata';
}

function isSameJson(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other) || canonicalize(one) === canonicalize(other);
}
