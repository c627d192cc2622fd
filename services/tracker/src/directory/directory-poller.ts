import type { LinkDirectory } from './link-directory.ts';
import { readSnapshot } from './directory-snapshot.ts';
import type { SnapshotDocument } from './directory-snapshot.ts';

export interface DirectoryPollerOptions {
  /** Of `GET /link-directory`. */
  readonly url: string;
  readonly token: string;
  /** Restored from what comes. */
  readonly directory: LinkDirectory;
  /** Of what the directory holds already. */
  readonly etag?: string | null;
  /** Gets what the directory was restored from, to keep it. */
  readonly onDocument?: (document: SnapshotDocument) => Promise<void>;
  /** Default the global one. */
  readonly fetch?: (request: Request) => Promise<Response>;
  /** Default 10,000. */
  readonly timeLimitMs?: number;
}

export interface DirectoryPoller {
  /**
   * Asks once; `changed` when the directory now holds something else. Rejects when it couldn't be had (with
   * `DirectoryUnavailable`) or used (with `SnapshotError`); the directory then stays as it was.
   */
  poll(): Promise<'changed' | 'unchanged'>;
}

/** The message holds neither token nor query. */
class DirectoryUnavailable extends Error {
  override readonly name = 'DirectoryUnavailable';
  readonly code = 'directory_unavailable';
}

/** Keeps a directory as a tracker node or the API serves it; for where the log is out of reach. */
export function createDirectoryPoller(options: DirectoryPollerOptions): DirectoryPoller {
  const { directory } = options;
  let etag = options.etag ?? null;
  return {
    async poll() {
      const answer = await ask(options, etag);
      if (answer === null) return 'unchanged';
      directory.restore(await readSnapshot(answer.text));
      etag = answer.etag;
      if (etag !== null) await options.onDocument?.({ text: answer.text, etag });
      return 'changed';
    },
  };
}

interface Answer {
  readonly text: string;
  readonly etag: string | null;
}

/** Null: it is the one that has this tag. */
async function ask(options: DirectoryPollerOptions, etag: string | null): Promise<Answer | null> {
  const { url, token, timeLimitMs = 10_000 } = options;
  const send = options.fetch ?? ((request: Request) => fetch(request));
  const headers = new Headers({ Authorization: `Bearer ${token}`, Accept: 'application/json' });
  if (etag !== null) headers.set('If-None-Match', etag);
  let status: number;
  try {
    const signal = AbortSignal.timeout(timeLimitMs);
    const response = await send(new Request(url, { headers, signal }));
    const text = await response.text();
    if (response.status === 304) return null;
    if (response.status === 200) return { text, etag: response.headers.get('etag') };
    ({ status } = response);
  } catch (cause) {
    const message = `${placeOf(url)} can't be reached for the link directory.`;
    throw new DirectoryUnavailable(message, { cause });
  }
  const message = `${placeOf(url)} answered ${String(status)} instead of the link directory.`;
  throw new DirectoryUnavailable(message);
}

function placeOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}
