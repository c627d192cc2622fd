import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { ServerType } from '@hono/node-server';
import { streams } from '@provisie/domain';
import type { Fact, NewFact } from '@provisie/domain';
import { Hono } from 'hono';
import { collectorRoute } from '../src/collector/collector-route.ts';
import type { CollectedCounts } from '../src/collector/collector-route.ts';
import { readSigningSecrets } from '../src/collector/signature.ts';
import { createDirectoryPublisher } from '../src/directory/directory-publisher.ts';
import { directoryRoute } from '../src/directory/directory-route.ts';
import { followLinkDirectory } from '../src/index.ts';
import { SECRET } from './edge-touches.ts';
import { linkCreated, openTrackedShop } from './tracked-shop.ts';
import type { TrackedShop } from './tracked-shop.ts';

export const TOKEN = 'token-of-the-directory';

/** What edge workers talk to: a real server with a collector on a real store, and the link directory. */
export interface EdgeOrigin extends AsyncDisposable {
  readonly url: string;
  readonly shop: TrackedShop;
  /** What the collector took. */
  readonly batches: CollectedCounts[];
  /** What came to each path, before anything was refused. */
  readonly requests: Map<string, number>;
  /** Answers to directory requests by status. */
  readonly directoryAnswers: number[];
  /** The touches in the log. */
  touches(): Promise<Fact[]>;
  append(stream: string, fact: NewFact): Promise<void>;
  /** Resolves when the directory that is served has the link. */
  served(code: string): Promise<void>;
  /** Secrets that the collector knows from now on. */
  know(secrets: string): Promise<void>;
  /** Held requests reach the collector when they are released. */
  hold(): { release(): void };
  /** The collector takes what comes, and its answer gets lost. */
  loseAnswers(times: number): void;
  /** Nothing listens any more, until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

export async function openEdgeOrigin(secrets = SECRET): Promise<EdgeOrigin> {
  const shop = await openTrackedShop();
  await shop.append(streams.link('tuinblog'), linkCreated('tuinblog', 'https://www.shop.nl/tuin'));
  const stopFollowing = new AbortController();
  const followed = followLinkDirectory(shop.store, { signal: stopFollowing.signal });
  await followed.ready;

  const batches: CollectedCounts[] = [];
  const requests = new Map<string, number>();
  const directoryAnswers: number[] = [];
  let gate: PromiseWithResolvers<undefined> | null = null;
  let answersToLose = 0;
  const collectorWith = async (known: string) =>
    collectorRoute({
      store: shop.store,
      keys: await readSigningSecrets(known),
      now: Date.now,
      onBatch: (batch) => batches.push(batch),
    });
  let collector = await collectorWith(secrets);

  const app = new Hono();
  app.use(async (context, next) => {
    const { path } = context.req;
    requests.set(path, (requests.get(path) ?? 0) + 1);
    await next();
  });
  app.all('/collect', async (context) => {
    await gate?.promise;
    const answer = await collector.fetch(context.req.raw);
    if (answersToLose === 0) return answer;
    answersToLose -= 1;
    return new Response('the answer was lost', { status: 502 });
  });
  const directory = directoryRoute({ publisher: createDirectoryPublisher(followed), token: TOKEN });
  app.get('/link-directory', async (context) => {
    const answer = await directory(context);
    directoryAnswers.push(answer.status);
    return answer;
  });

  let server: ServerType | null = null;
  let port = 0;
  const start = async () => {
    const listening = Promise.withResolvers<AddressInfo>();
    server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, listening.resolve);
    ({ port } = await listening.promise);
  };
  const stop = async () => {
    const stopping = server;
    server = null;
    if (stopping === null) return;
    const closed = Promise.withResolvers<undefined>();
    stopping.close(() => {
      closed.resolve(undefined);
    });
    if ('closeAllConnections' in stopping) stopping.closeAllConnections();
    await closed.promise;
  };
  await start();

  return {
    url: `http://127.0.0.1:${String(port)}`,
    shop,
    batches,
    requests,
    directoryAnswers,
    touches: () => shop.touches(),
    append: (stream, fact) => shop.append(stream, fact),
    served: (code) => until(() => followed.directory.link(code) !== null),
    async know(known) {
      collector = await collectorWith(known);
    },
    hold() {
      const held = Promise.withResolvers<undefined>();
      gate = held;
      return {
        release() {
          gate = null;
          held.resolve(undefined);
        },
      };
    },
    loseAnswers(times) {
      answersToLose = times;
    },
    stop,
    start,
    async [Symbol.asyncDispose]() {
      await stop();
      stopFollowing.abort();
      await followed.ended;
      await shop[Symbol.asyncDispose]();
    },
  };
}

/** Rejects when it hasn't come true after 15 seconds. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await isTrue())) {
    if (Date.now() > deadline) throw new Error('It has not come true within 15 seconds.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
