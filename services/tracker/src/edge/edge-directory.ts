import { createDirectoryPoller } from '../directory/directory-poller.ts';
import type { DirectoryPoller } from '../directory/directory-poller.ts';
import { readSnapshot } from '../directory/directory-snapshot.ts';
import type { SnapshotDocument } from '../directory/directory-snapshot.ts';
import { createLinkDirectory } from '../directory/link-directory.ts';
import type { LinkDirectory } from '../directory/link-directory.ts';
import type { SnapshotCache } from './snapshot-cache.ts';
import { createTurn } from './turn.ts';

/** After a failure the origin is left in peace for so long. */
const PAUSE_MS = 2000;
const TURN_LAPSES_MS = 6000;
/** An older one from the cache is used only when the origin doesn't answer. */
const TRUSTED_FOR_MS = 3_600_000;

export interface EdgeDirectoryOptions {
  /** Of `GET /link-directory`. */
  readonly url: string;
  readonly token: string;
  /** Null: a new isolate depends on the origin. */
  readonly cache: SnapshotCache | null;
  readonly now: () => number;
  /** How old the directory may be before the origin is asked again. */
  readonly refreshAfterMs: number;
  /** Of asking the origin; default 5,000. */
  readonly timeLimitMs?: number;
  readonly onError?: (error: unknown) => void;
}

/** The link directory of an isolate: from the platform's cache or the origin, and as old as need be. */
export interface EdgeDirectory {
  /** Empty until `ready`. */
  readonly directory: LinkDirectory;
  /** Whether there is one to answer by; when it is false, no link may be called unknown. */
  ready(): Promise<boolean>;
  /** Asks the origin when the directory is older than `ageMs` (default `refreshAfterMs`) and nobody else is asking. */
  refresh(ageMs?: number): Promise<void>;
}

export function createEdgeDirectory(options: EdgeDirectoryOptions): EdgeDirectory {
  const { url, token, cache, now, onError = () => undefined } = options;
  const { refreshAfterMs, timeLimitMs = 5000 } = options;
  const directory = createLinkDirectory();
  const turn = createTurn(now);
  /** When the origin last said that this is the directory; null as long as there is none. */
  let freshAt: number | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  let isCacheRead = false;
  /** What the cache says of its age. */
  let keptAt = Number.NEGATIVE_INFINITY;
  let poller: DirectoryPoller | null = null;

  const keep = async (document: SnapshotDocument) => {
    try {
      keptAt = now();
      await cache?.put({ ...document, keptAt });
    } catch (error) {
      onError(error);
    }
  };

  const pollerFrom = (etag: string | null) =>
    createDirectoryPoller({ url, token, directory, etag, timeLimitMs, onDocument: keep });

  const readCache = async () => {
    isCacheRead = true;
    try {
      const kept = await cache?.get();
      if (kept === null || kept === undefined) return;
      directory.restore(await readSnapshot(kept.text));
      poller = pollerFrom(kept.etag);
      freshAt = kept.keptAt;
      ({ keptAt } = kept);
    } catch (error) {
      onError(error);
    }
  };

  /** What the cache has is still right: without saying so it would come to look old. */
  const confirmCache = async () => {
    if (cache === null || now() - keptAt < TRUSTED_FOR_MS / 2) return;
    const kept = await cache.get();
    if (kept !== null) await keep(kept);
  };

  const ask = async () => {
    if (now() < failedAt + PAUSE_MS) return;
    try {
      poller ??= pollerFrom(null);
      const isUnchanged = (await poller.poll()) === 'unchanged';
      freshAt = now();
      if (isUnchanged) await confirmCache();
    } catch (error) {
      failedAt = now();
      onError(error);
    }
  };

  const load = async () => {
    if (!isCacheRead) await readCache();
    if (freshAt === null || now() - freshAt > TRUSTED_FOR_MS) await ask();
  };

  return {
    directory,
    async ready() {
      if (freshAt !== null) return true;
      const end = turn.begin(TURN_LAPSES_MS);
      if (end === null) await turn.next(timeLimitMs);
      else await load().finally(end);
      return freshAt !== null;
    },
    async refresh(ageMs = refreshAfterMs) {
      if (freshAt !== null && now() - freshAt < ageMs) return;
      const end = turn.begin(TURN_LAPSES_MS);
      if (end !== null) await ask().finally(end);
    },
  };
}
