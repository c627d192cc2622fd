import { createEventIds } from '@provisie/event-store';
import { createCustomerKeys, createIpHasher } from '@provisie/privacy/hashing';
import { createTracker } from '../app.ts';
import { countryFromHeader } from '../request/country.ts';
import { createDropCounters } from '../recording/drop-counters.ts';
import { problemAnswer } from '../problems.ts';
import type { TrackerContext, TrackerRequest } from '../tracker-context.ts';
import type { EdgeBindings } from './bindings.ts';
import { collectorDelivery, createCollectorClient } from './collector-client.ts';
import { createEdgeDirectory } from './edge-directory.ts';
import type { EdgeDirectory } from './edge-directory.ts';
import { createEdgeRecorder } from './edge-recorder.ts';
import { kvSnapshotCache, platformSnapshotCache } from './snapshot-cache.ts';
import type { PlatformCaches, SnapshotCache } from './snapshot-cache.ts';
import { createQueueConsumer, queueDelivery, refusedBy } from './touch-queue.ts';
import type { MessageBatch } from './touch-queue.ts';

const REFRESH_SECONDS = 60;
/** A link that isn't known is asked for once more when the directory is older than this part of that. */
const DOUBTED_AFTER = 1 / 6;

/** What the platform knows of a request beyond the request. */
export interface EdgeVisit {
  /** Null when it isn't known. It is hashed at once and never kept. */
  readonly address: string | null;
  /** As the platform says; null when it doesn't. */
  readonly country: string | null;
  /** Keeps what goes on after the answer alive. */
  readonly waitUntil: (work: Promise<unknown>) => void;
}

export interface EdgePlatform {
  /** The Cache API, where there is one. */
  readonly caches: PlatformCaches | null;
  readonly now: () => number;
  /** It holds no secret and no personal data. */
  readonly onError: (error: unknown) => void;
}

/** The tracker of one isolate. */
export interface EdgeTracker {
  fetch(request: Request, visit: EdgeVisit): Promise<Response>;
  queue(batch: MessageBatch): Promise<void>;
}

/** Makes the tracker out of what a platform binds; see `EdgeBindings`. */
export function createEdgeTracker(bindings: EdgeBindings, platform: EdgePlatform): EdgeTracker {
  const { now, onError } = platform;
  const visits = new WeakMap<TrackerRequest, EdgeVisit>();
  const { collectorUrl, keys, worker } = bindings;
  const client = createCollectorClient({ url: collectorUrl, keys, worker, now });
  const delivery =
    bindings.touches === null
      ? collectorDelivery(client, (refused) => {
          onError(refusedBy(refused));
        })
      : queueDelivery(bindings.touches);
  const recorder = createEdgeRecorder({ delivery, now, onError });
  const refreshAfterMs = (bindings.refreshSeconds ?? REFRESH_SECONDS) * 1000;
  const links = openDirectory(bindings, platform, refreshAfterMs);
  const app = createTracker({
    directory: links.directory,
    recorder,
    counters: createDropCounters(),
    ipHasher: createIpHasher(bindings.ipKey),
    customerKeys: createCustomerKeys(bindings.customerKey),
    ids: createEventIds({ now }),
    now,
    secureCookies: true,
    clientAddress: addressReader(bindings.clientAddressHeader, visits),
    country: countryReader(bindings.countryHeader, visits),
    ...(bindings.beaconsPerMinute !== null && { beaconsPerMinute: bindings.beaconsPerMinute }),
    compress: false,
    onError,
  });
  return {
    async fetch(request, visit) {
      if (!(await isReady(request, links, refreshAfterMs * DOUBTED_AFTER))) return notReady();
      visits.set(request, visit);
      const answer = Promise.resolve(app.fetch(request));
      visit.waitUntil(answer.then(() => Promise.all([recorder.late(), links.refresh()])));
      return answer;
    },
    queue: createQueueConsumer({ client, refused: bindings.refusedTouches, onError }),
  };
}

function openDirectory(
  { directoryUrl, directoryToken, links }: EdgeBindings,
  { caches, now, onError }: EdgePlatform,
  refreshAfterMs: number,
) {
  let cache: SnapshotCache | null = null;
  if (links !== null) cache = kvSnapshotCache(links);
  else if (caches !== null) cache = platformSnapshotCache(caches, directoryUrl);
  return createEdgeDirectory({
    url: directoryUrl,
    token: directoryToken,
    cache,
    now,
    refreshAfterMs,
    onError,
  });
}

/** The snippet as it is needs no directory; all else would be answered wrongly without one. */
async function isReady(
  request: Request,
  links: EdgeDirectory,
  doubtedAfterMs: number,
): Promise<boolean> {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/t.js' && !searchParams.has('programme')) return true;
  if (!(await links.ready())) return false;
  const code = /^\/r\/(?<code>[\w-]+)$/.exec(pathname)?.groups?.['code'];
  if (code !== undefined && links.directory.link(code) === null) {
    await links.refresh(doubtedAfterMs);
  }
  return true;
}

function notReady(): Response {
  const detail = 'The links can not be had at the moment; try again.';
  return problemAnswer('directory_not_ready', detail, { headers: { 'Retry-After': '5' } });
}

function addressReader(header: string | null, visits: WeakMap<TrackerRequest, EdgeVisit>) {
  return ({ req }: TrackerContext): string | null => {
    if (header !== null) return req.raw.headers.get(header)?.split(',').at(-1)?.trim() ?? null;
    return visits.get(req.raw)?.address ?? null;
  };
}

function countryReader(header: string | null, visits: WeakMap<TrackerRequest, EdgeVisit>) {
  if (header !== null) return countryFromHeader(header);
  return (request: TrackerRequest) => visits.get(request)?.country ?? null;
}
