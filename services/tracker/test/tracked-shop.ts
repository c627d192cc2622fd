import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import type { Fact, NewFact, Terms } from '@provisie/domain';
import { createEventIds, readFact } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import type { SqliteEventStore } from '@provisie/event-store/sqlite';
import { createCustomerKeys, createIpHasher } from '@provisie/privacy';
import type { Front } from '@provisie/process';
import type { Hono } from 'hono';
import { createDropCounters, createNodeTracker, createTouchRecorder } from '../src/index.ts';
import { countryFromHeader, followLinkDirectory } from '../src/index.ts';
import type { DropCounters, LinkDirectory, TouchRecorder, TrackerOptions } from '../src/index.ts';

/** Noon of a day, so that no test meets midnight. */
export const NOON = Date.UTC(2026, 5, 15, 12);
const OPENED = Date.UTC(2026, 0, 1);

export const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';

/** A tracker in front of a real store, with the programme `affiliate` and the link `woonblog` in its log. */
export interface TrackedShop extends AsyncDisposable {
  readonly app: Hono;
  readonly front: Front;
  readonly store: SqliteEventStore;
  readonly directory: LinkDirectory;
  readonly recorder: TouchRecorder;
  readonly counters: DropCounters;
  readonly customerKeys: ReturnType<typeof createCustomerKeys>;
  /** Errors that visitors didn't see. */
  readonly errors: unknown[];
  /** The tracker's clock. */
  readonly clock: { now: number };
  append(stream: string, fact: NewFact): Promise<void>;
  /** All touches of the log, in its order. */
  touches(): Promise<Fact[]>;
}

export interface TrackedShopOptions {
  readonly hosts?: readonly string[];
  readonly terms?: Partial<Terms>;
  readonly destination?: string;
  readonly tracker?: Partial<TrackerOptions>;
}

export async function openTrackedShop(options: TrackedShopOptions = {}): Promise<TrackedShop> {
  const folder = await mkdtemp(join(tmpdir(), 'provisie-tracker-'));
  const store = openSqliteEventStore({ file: join(folder, 'events.sqlite') });
  const stop = new AbortController();
  const clock = { now: NOON };
  const now = () => clock.now;
  const errors: unknown[] = [];
  const append = async (stream: string, fact: NewFact) => {
    const result = await store.append(stream, [fact], 'any');
    if (!result.ok) throw new Error(`${stream} was not appended to`);
  };
  await openProgramme(append, options);

  const followed = followLinkDirectory(store, { signal: stop.signal });
  await followed.ready;
  const { directory } = followed;
  const counters = createDropCounters();
  const recorder = createTouchRecorder({ store, node: 'test', now });
  const customerKeys = createCustomerKeys(new Uint8Array(32).fill(1));
  const { app, front } = createNodeTracker({
    directory,
    recorder,
    counters,
    customerKeys,
    ipHasher: createIpHasher(new Uint8Array(32).fill(2)),
    ids: createEventIds({ now }),
    now,
    secureCookies: true,
    clientAddress: () => '203.0.113.7',
    country: countryFromHeader('cf-ipcountry'),
    onError: (error) => errors.push(error),
    ...options.tracker,
  });

  return {
    app,
    front,
    store,
    directory,
    recorder,
    counters,
    customerKeys,
    errors,
    clock,
    append,
    async touches() {
      const touches: Fact[] = [];
      for await (const batch of store.readAll(0, { categories: ['touches'] })) {
        touches.push(...batch.map(readFact));
      }
      return touches;
    },
    async [Symbol.asyncDispose]() {
      await recorder.idle();
      stop.abort();
      await followed.ended;
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function linkCreated(
  code: string,
  destination = 'https://www.shop.nl/aanbod?kleur=rood#top',
) {
  return newFact('LinkCreated', {
    id: newId(),
    occurredAt: OPENED,
    data: { code, programmeId: 'affiliate', partnerId: 'woonblog', destination },
  });
}

const nextId = createEventIds();
export function newId(): string {
  return nextId();
}

async function openProgramme(append: TrackedShop['append'], options: TrackedShopOptions) {
  const programme = streams.programme('affiliate');
  const hosts = [...(options.hosts ?? ['www.shop.nl', '*.shop.nl', 'localhost:3000'])];
  await append(
    programme,
    newFact('ProgrammeOpened', {
      id: newId(),
      occurredAt: OPENED,
      data: { programmeId: 'affiliate', name: 'Affiliate', hosts },
    }),
  );
  await append(
    programme,
    newFact('TermsPublished', {
      id: newId(),
      occurredAt: OPENED,
      data: {
        programmeId: 'affiliate',
        termsVersion: 1,
        effectiveFrom: OPENED,
        terms: { ...DEFAULT_TERMS, ...options.terms },
      },
    }),
  );
  await append(streams.link('woonblog'), linkCreated('woonblog', options.destination));
}
