import { openApi, type ApiLog, type LiveKeyRing } from '@provisie/admin-api';
import { openEventStore, openReadModelHome, openVault } from '@provisie/engines';
import { createEventIds, type EventStore } from '@provisie/event-store';
import { touchHashesOf, type Vault } from '@provisie/privacy';
import { keepLive, openLiveReadModel, type ReadModel } from '@provisie/read-model';
import {
  countryFromHeader,
  createErrorLog,
  createNodeTracker,
  createDirectoryPublisher,
  createDropCounters,
  createTouchRecorder,
  edgeDoor,
  followLinkDirectory,
} from '@provisie/tracker';
import { clientAddressBy, type Front } from '@provisie/process';
import type { Config } from './config.ts';
import { landingPage } from './landing-page.ts';
import { metricsPage } from './metrics-page.ts';

/** Everything in one process: the log, the read model, and one door for the tracker and the API. */
export interface Provisie {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly readModel: ReadModel;
  readonly keyRing: LiveKeyRing;
  /** Makes ids of new events. */
  readonly ids: () => string;
  fetch(request: Request, env?: object): Response | Promise<Response>;
  /** Answers what `fetch` would, for less. */
  readonly front: Front;
  /** Finishes what it acknowledged, then closes all files. Nothing may be fetched any more. */
  close(): Promise<void>;
}

export interface ComposeOptions {
  readonly config: Config;
  readonly logger: ApiLog & ErrorSink;
  /** Where it is reached from outside. */
  readonly publicUrl: string;
}

interface ErrorSink {
  error(fields: object, message: string): void;
}

const FIRST_BUILD_PATIENCE_MS = 5_000;
const TRACKER_PATHS = /^https?:\/\/[^/]*\/(?:r\/|t(?:\.js)?(?:$|\?))/;
const EDGE_PATHS = /^https?:\/\/[^/]*\/(?:link-directory|collect)(?:$|\?)/;
const OWN_PAGES = /^https?:\/\/[^/]*\/(?:metrics)?(?:$|\?)/;

/** Opens the data folder, catches up with nothing, and starts following the log. */
export async function openProvisie({
  config,
  logger,
  publicUrl,
}: ComposeOptions): Promise<Provisie> {
  const opened = new AsyncDisposableStack();
  const stop = new AbortController();
  // Under too much load every click may fail: a line for each would be more load.
  const onTrackerError = createErrorLog(logger, Date.now)('tracker');
  const onError = (part: string) => (error: unknown) => {
    logger.error({ err: error, part }, `${part}: something went wrong`);
  };
  try {
    const { stores, maxEventFileBytes: maxFileBytes } = config;
    const store = await openEventStore(stores.eventStore, { maxFileBytes, ownThread: true });
    opened.defer(() => store.close());
    const vault = await openVault(stores.vault, { mustExist: (await store.head()) > 0 });
    opened.defer(() => vault.close());
    const home = await openReadModelHome(stores.readModel);
    opened.defer(() => home.close());
    const followers: Promise<unknown>[] = [];
    opened.defer(async () => {
      stop.abort();
      await Promise.all(followers);
    });

    const { signal } = stop;
    const projector = keepLive({ store, home, signal, onError: onError('projector') });
    const live = await openLiveReadModel({ home, onError: onError('read model') });
    opened.defer(() => live.close());
    const links = followLinkDirectory(store, { signal, onError: onError('link directory') });
    followers.push(projector.stopped, links.ended);
    await links.ready;
    // An empty one is built in no time; a log that is there already may take long, and is served meanwhile.
    await live.readable(FIRST_BUILD_PATIENCE_MS);

    const counters = createDropCounters();
    const recorder = createTouchRecorder({
      store,
      node: 'local',
      now: Date.now,
      onError: onTrackerError,
    });
    opened.defer(() => recorder.idle());
    const clientAddress = clientAddressBy(config.clientAddressHeader);
    const tracker = createNodeTracker({
      directory: links.directory,
      recorder,
      counters,
      ...(await touchHashesOf(vault)),
      ids: createEventIds(),
      now: Date.now,
      secureCookies: config.secureCookies,
      clientAddress,
      country: countryFromHeader(config.countryHeader),
      beaconsPerMinute: config.beaconsPerMinute,
      onError: onTrackerError,
    });
    const api = await openApi({
      store,
      readModel: live.readModel,
      vault,
      logger,
      limits: {
        requestsPerMinute: config.requestsPerMinute,
        unknownPerMinute: config.unknownRequestsPerMinute,
      },
      clientAddress,
      corsOrigins: config.corsOrigins,
      trackerBaseUrl: publicUrl,
      payoutPolicy: config.payoutPolicy,
    });
    opened.defer(() => api.close());
    const edge = await edgeDoor({
      ...config,
      store,
      publisher: createDirectoryPublisher(links),
      now: Date.now,
      onError: onError('collector'),
    });
    const pages = landingPage().route(
      '/',
      metricsPage({ store, readModel: live.readModel, counters }),
    );

    const appFor = (url: string) => {
      if (TRACKER_PATHS.test(url)) return tracker.app;
      if (EDGE_PATHS.test(url)) return edge;
      return OWN_PAGES.test(url) ? pages : api.app;
    };

    const ready = opened.move();
    return {
      store,
      vault,
      readModel: live.readModel,
      keyRing: api.keyRing,
      ids: api.ids,
      fetch: (request, env) => appFor(request.url).fetch(request, env),
      front: tracker.front,
      close: () => ready.disposeAsync(),
    };
  } catch (error) {
    stop.abort();
    await opened.disposeAsync();
    throw error;
  }
}
