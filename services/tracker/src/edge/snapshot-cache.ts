import type { SnapshotDocument } from '../directory/directory-snapshot.ts';

const NAME = 'provisie-link-directory';
const MONTH_SECONDS = 2_592_000;

/** A snapshot that outlives an isolate. */
export interface KeptSnapshot extends SnapshotDocument {
  /** When it came from the origin: UTC milliseconds. */
  readonly keptAt: number;
}

/** Where a worker keeps the last snapshot, so that a new isolate needs no origin. */
export interface SnapshotCache {
  get(): Promise<KeptSnapshot | null>;
  put(kept: KeptSnapshot): Promise<void>;
}

/** The part of a Cloudflare KV namespace that is needed. */
export interface KvNamespace {
  getWithMetadata(key: string): Promise<{ readonly value: unknown; readonly metadata: unknown }>;
  put(
    key: string,
    value: string,
    options: { readonly metadata: Readonly<Record<string, unknown>> },
  ): Promise<void>;
}

/** In a KV namespace: one for all the world, and it stays. */
export function kvSnapshotCache(namespace: KvNamespace): SnapshotCache {
  return {
    async get() {
      const { value, metadata } = await namespace.getWithMetadata(NAME);
      if (typeof value !== 'string' || typeof metadata !== 'object' || metadata === null) {
        return null;
      }
      const etag = 'etag' in metadata ? metadata.etag : null;
      const keptAt = 'keptAt' in metadata ? metadata.keptAt : null;
      if (typeof etag !== 'string' || typeof keptAt !== 'number') return null;
      return { text: value, etag, keptAt };
    },
    async put({ text, etag, keptAt }) {
      await namespace.put(NAME, text, { metadata: { etag, keptAt } });
    },
  };
}

/** The part of the Cache API that is needed. */
export interface PlatformCaches {
  open(name: string): Promise<{
    match(url: string): Promise<Response | undefined>;
    put(url: string, response: Response): Promise<void>;
  }>;
}

/**
 * In the platform's Cache API: one per place, as long as it likes. The address it is kept under can't be asked
 * for from outside: caches of a zone may answer requests, and the directory is nobody else's business.
 */
export function platformSnapshotCache(caches: PlatformCaches, origin: string): SnapshotCache {
  const key = `https://${NAME}.invalid/?of=${encodeURIComponent(origin)}`;
  return {
    async get() {
      const cache = await caches.open(NAME);
      const response = await cache.match(key);
      if (response === undefined) return null;
      const etag = response.headers.get('etag');
      const keptAt = Number(response.headers.get('provisie-kept-at') ?? Number.NaN);
      const text = await response.text();
      return etag === null || !Number.isSafeInteger(keptAt) ? null : { text, etag, keptAt };
    },
    async put({ text, etag, keptAt }) {
      const headers = {
        ETag: etag,
        'Provisie-Kept-At': String(keptAt),
        'Cache-Control': `max-age=${String(MONTH_SECONDS)}`,
        'Content-Type': 'application/json',
      };
      const cache = await caches.open(NAME);
      await cache.put(key, new Response(text, { headers }));
    },
  };
}
