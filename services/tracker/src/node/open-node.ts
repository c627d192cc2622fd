import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openEventStore, openVault } from '@provisie/engines';
import { createEventIds } from '@provisie/event-store';
import { createCustomerKeys, createIpHasher, touchHashesOf } from '@provisie/privacy';
import type { TouchHashes } from '@provisie/privacy';
import { clientAddressBy } from '@provisie/process';
import type { Front } from '@provisie/process';
import { openSpool, startForwarder } from '@provisie/spool';
import { Hono } from 'hono';
import { countryFromHeader } from '../request/country.ts';
import { createDropCounters } from '../recording/drop-counters.ts';
import { edgeDoor } from '../edge-door.ts';
import { problemAnswer } from '../problems.ts';
import { createTouchRecorder } from '../recording/touch-recorder.ts';
import { createErrorLog } from './error-log.ts';
import type { NodeLog } from './error-log.ts';
import { createLateStore } from './late-store.ts';
import type { KeySource, NodeConfig } from './node-config.ts';
import { openLinks } from './node-links.ts';
import { createNodeTracker } from './node-tracker.ts';
import { nodePages } from './node-pages.ts';
import type { NodeStatus } from './node-pages.ts';

const OWN_PATHS = /^https?:\/\/[^/]*\/(?:livez|readyz|metrics|link-directory|collect)(?:$|\?)/;

/** A tracker with its links in memory and its touches on its own disk. */
export interface TrackerNode {
  fetch(request: Request, env?: object): Response | Promise<Response>;
  /** Answers what `fetch` would, for less. */
  readonly front: Front;
  status(): NodeStatus;
  /** From now on `/readyz` says that it stops. */
  retire(): void;
  /** Nothing may be fetched any more. Forwards what waits for so long at most; the rest is safe on the disk. */
  close(limitMs: number): Promise<void>;
}

/** Opens the spool and the links' file; the store may be away. Rejects when the spool or the keys can't be had. */
export async function openNode(config: NodeConfig, log: NodeLog): Promise<TrackerNode> {
  const onError = createErrorLog(log, Date.now);
  const stop = new AbortController();
  await mkdir(config.dataFolder, { recursive: true });
  const hashes = await readKeys(config.keys);
  const spool = openSpool({
    file: join(config.dataFolder, 'spool.sqlite'),
    maxBytes: config.spoolMaxBytes,
  });
  if (spool.damagedFile !== null) {
    const fields = { damagedFile: spool.damagedFile };
    log.error(
      fields,
      'the spool was damaged; it was put aside, and touches in it are not forwarded',
    );
  }
  const store = createLateStore(() => openEventStore(config.eventStore));
  const forwarder = startForwarder({ outbox: spool.outbox, store, onError: onError('forwarder') });

  const { links, publisher, file } = await openLinks(config, store, stop.signal, onError);

  const counters = createDropCounters();
  const recorder = createTouchRecorder({
    store: spool,
    node: `${config.nodeName}-${spool.incarnation}`,
    now: Date.now,
    onError: onError('recorder'),
  });
  const { app: tracker, front } = createNodeTracker({
    directory: links.directory,
    recorder,
    counters,
    ...hashes,
    ids: createEventIds(),
    now: Date.now,
    secureCookies: config.secureCookies,
    clientAddress: clientAddressBy(config.clientAddressHeader),
    country: countryFromHeader(config.countryHeader),
    beaconsPerMinute: config.beaconsPerMinute,
    onError: onError('tracker'),
  });

  let isStopping = false;
  const status = (): NodeStatus => ({
    directory: links.state(),
    spool: spool.status(),
    forwarder: forwarder.status(),
    isStopping,
  });
  const door = { store: spool, publisher, now: Date.now, onError: onError('collector') };
  const pages = new Hono()
    .route('/', nodePages({ status, counters, now: Date.now }))
    .route('/', await edgeDoor({ ...config, ...door }))
    .notFound((context) => tracker.fetch(context.req.raw, context.env));

  return {
    fetch(request, env) {
      if (OWN_PATHS.test(request.url)) return pages.fetch(request, env);
      // Without its links every one of them would be a dead end, so for that moment others should answer.
      return links.state() === 'missing' ? starting() : tracker.fetch(request, env);
    },
    front: (incoming, outgoing) => links.state() !== 'missing' && front(incoming, outgoing),
    status,
    retire() {
      isStopping = true;
    },
    async close(limitMs) {
      await recorder.idle();
      await forwarder.stop(limitMs);
      stop.abort();
      await within(limitMs, [links.ended, store.close()]);
      await file.close();
      await spool.close();
    },
  };
}

async function readKeys(source: KeySource): Promise<TouchHashes> {
  if (source.kind === 'given') {
    return {
      customerKeys: createCustomerKeys(source.customers),
      ipHasher: createIpHasher(source.addresses),
    };
  }
  const vault = await openVault(source.vault, { mustExist: true });
  try {
    return await touchHashesOf(vault);
  } finally {
    vault.close();
  }
}

function starting(): Response {
  const detail = 'This node has no links yet; try again in a moment.';
  return problemAnswer('directory_not_ready', detail, { headers: { 'Retry-After': '2' } });
}

/** A store that doesn't answer must not hold up the end. */
async function within(limitMs: number, ends: readonly Promise<unknown>[]): Promise<void> {
  const limit = Promise.withResolvers<undefined>();
  const timer = setTimeout(limit.resolve, limitMs, undefined);
  await Promise.race([Promise.all(ends), limit.promise]);
  clearTimeout(timer);
}
