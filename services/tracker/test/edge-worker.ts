import type { Readable } from 'node:stream';
import { Miniflare } from 'miniflare';
import type { MiniflareOptions } from 'miniflare';
import { bundleWorker } from '../src/bundling/bundle-worker.ts';
import type { WorkerBundle } from '../src/bundling/bundle-worker.ts';
import { TOKEN } from './edge-origin.ts';
import type { EdgeOrigin } from './edge-origin.ts';
import { SECRET } from './edge-touches.ts';
import { CHROME } from './tracked-shop.ts';

/** The address that visitors see. */
const TRACKER = 'https://track.shop.nl';

let bundled: Promise<WorkerBundle> | null = null;
export function workerBundle(): Promise<WorkerBundle> {
  bundled ??= bundleWorker();
  return bundled;
}

export type Asked = Awaited<ReturnType<Miniflare['dispatchFetch']>>;

/** The worker in a real workerd. */
export interface EdgeWorker extends AsyncDisposable {
  readonly miniflare: Miniflare;
  /** What it wrote to its log. */
  readonly log: string[];
  /** As a browser in the Netherlands, without following redirects. */
  get(path: string, headers?: Record<string, string>, country?: string): Promise<Asked>;
  /** A beacon from a page of the shop. */
  post(body: unknown, headers?: Record<string, string>): Promise<Asked>;
  /** A new isolate, which has nothing in memory. */
  restart(bindings?: Record<string, string>): Promise<void>;
}

interface PlatformOptions {
  cache?: boolean;
  kvNamespaces?: string[];
  /** Names of queues by their bindings. */
  queueProducers?: Record<string, string>;
  queueConsumers?: Record<string, QueueConsumption>;
}

interface QueueConsumption {
  maxBatchSize?: number;
  /** Seconds. */
  maxBatchTimeout: number;
  maxRetries?: number;
  deadLetterQueue?: string;
}

export interface OtherWorker extends PlatformOptions {
  name: string;
  modules: true;
  script: string;
  compatibilityDate: string;
  routes: string[];
}

export interface EdgeWorkerOptions {
  readonly bindings?: Record<string, string>;
  /** Queues and namespaces. */
  readonly platform?: PlatformOptions;
  /** Workers besides, such as one that watches a queue. */
  readonly others?: readonly OtherWorker[];
}

export function bindingsFor(origin: Pick<EdgeOrigin, 'url'>): Record<string, string> {
  return {
    PROVISIE_COLLECTOR_URL: `${origin.url}/collect`,
    PROVISIE_COLLECTOR_SECRET: SECRET,
    PROVISIE_LINK_DIRECTORY_URL: `${origin.url}/link-directory`,
    PROVISIE_LINK_DIRECTORY_TOKEN: TOKEN,
    PROVISIE_CUSTOMER_KEY: Buffer.alloc(32, 1).toString('base64'),
    PROVISIE_IP_KEY: Buffer.alloc(32, 2).toString('base64'),
    PROVISIE_WORKER_NAME: 'edge-eu',
  };
}

export async function startEdgeWorker(
  origin: Pick<EdgeOrigin, 'url'>,
  { bindings = {}, platform = {}, others = [] }: EdgeWorkerOptions = {},
): Promise<EdgeWorker> {
  const { code } = await workerBundle();
  const log: string[] = [];
  const optionsWith = (changed: Record<string, string>): MiniflareOptions => ({
    cf: false,
    handleRuntimeStdio(...streams: readonly Readable[]) {
      for (const stream of streams) {
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => log.push(text));
      }
    },
    workers: [
      {
        name: 'edge',
        modules: true,
        script: code,
        compatibilityDate: '2026-07-01',
        bindings: { ...bindingsFor(origin), ...bindings, ...changed },
        ...platform,
      },
      ...others,
    ],
  });
  const miniflare = new Miniflare(optionsWith({}));
  await miniflare.ready;
  return {
    miniflare,
    log,
    get: (path, headers = {}, country = 'NL') =>
      miniflare.dispatchFetch(`${TRACKER}${path}`, {
        headers: { 'user-agent': CHROME, ...headers },
        redirect: 'manual',
        cf: { country },
      }),
    post: (body, headers = {}) =>
      miniflare.dispatchFetch(`${TRACKER}/t`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'user-agent': CHROME,
          'content-type': 'text/plain;charset=UTF-8',
          origin: 'https://www.shop.nl',
          ...headers,
        },
      }),
    async restart(changed = {}) {
      await miniflare.setOptions(optionsWith(changed));
    },
    [Symbol.asyncDispose]: () => miniflare.dispose(),
  };
}

/** The id of the click that an answer gives out; null when it gives none. */
export function clickIdOf(answer: Asked): string | null {
  const location = answer.headers.get('location');
  return location === null ? null : new URL(location).searchParams.get('click_id');
}
