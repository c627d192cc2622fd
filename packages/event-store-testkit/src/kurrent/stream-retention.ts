import type { ServerRecord } from './server-record.ts';

export interface StreamRetention {
  readonly maxAgeSeconds: number;
  readonly maxCount: number;
  readonly truncateBefore: number;
}

const unlimited: StreamRetention = {
  maxAgeSeconds: Infinity,
  maxCount: Infinity,
  truncateBefore: 0,
};

/** What the last event of a metadata stream says. */
export function retentionOf(metadata: ServerRecord | undefined): StreamRetention {
  if (metadata === undefined) return unlimited;
  const said: unknown = JSON.parse(Buffer.from(metadata.data).toString('utf8'));
  return {
    maxAgeSeconds: numberIn(said, '$maxAge', unlimited.maxAgeSeconds),
    maxCount: numberIn(said, '$maxCount', unlimited.maxCount),
    truncateBefore: numberIn(said, '$tb', unlimited.truncateBefore),
  };
}

export function isWithin(
  { revision, createdTicks }: ServerRecord,
  { maxAgeSeconds, maxCount, truncateBefore }: StreamRetention,
  lastRevision: number,
  now: number,
): boolean {
  const ageSeconds = (now - Number(createdTicks / 10_000n)) / 1000;
  return (
    revision >= truncateBefore && revision > lastRevision - maxCount && ageSeconds <= maxAgeSeconds
  );
}

function numberIn(said: unknown, key: string, otherwise: number): number {
  if (typeof said !== 'object' || said === null) return otherwise;
  const value: unknown = Reflect.get(said, key);
  return typeof value === 'number' ? value : otherwise;
}
