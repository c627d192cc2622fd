import { createAdminApi, openKeyRing } from '@provisie/admin-api';
import { createEventIds, type EventStore } from '@provisie/event-store';
import { createAccountKeys, createPayoutRuns } from '@provisie/payouts';
import { createCustomerKeys, createIpHasher, type Vault } from '@provisie/privacy';
import { startProjector, type ReadModel, type SqliteReadModel } from '@provisie/read-model';
import {
  createDropCounters,
  createTouchRecorder,
  createTracker,
  followLinkDirectory,
} from '@provisie/tracker';
import type { Random } from '../machinery/random.ts';
import { ProcessEnded } from '../machinery/gates.ts';
import type { Caller } from './caller.ts';
import { connect } from './store-client.ts';
import type { ReadModelDisk } from './read-model-disk.ts';
import type { StoreServer } from './store-server.ts';

export type Part = 'tracker' | 'api' | 'projector';

/** What a process runs, and what it finds outside itself. */
export interface ServiceOptions {
  readonly caller: Caller;
  readonly parts: readonly Part[];
  readonly server: StoreServer;
  readonly disk: ReadModelDisk;
  readonly vault: Vault;
  readonly random: Random;
  /** Its own clock. */
  readonly now: () => number;
  readonly approvalsRequired: 1 | 2;
  /** What went wrong and is gone on from. */
  readonly onError: (error: unknown) => void;
}

/** A process of the system, composed of the real parts as the services compose them. */
export interface Service {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly caller: Caller;
  readonly readModel: SqliteReadModel | null;
  request(path: string, init: RequestInit): Promise<Response>;
  /** Ends it as a kill does: nothing is finished, and nothing it still does reaches anything. */
  kill(): void;
  /** Gives back what the operating system would. Once everything stands still. */
  buried(): Promise<void>;
}

type App = (path: string, init: RequestInit) => Promise<Response>;

export async function startService(options: ServiceOptions): Promise<Service> {
  const { caller, parts, server, disk, random } = options;
  const stop = new AbortController();
  const store = connect(server, caller);
  const vault = vaultOf(options);
  const ids = createEventIds({ now: options.now, random: () => random.fraction() });
  const onError = (error: unknown) => {
    if (!caller.hasEnded && !(error instanceof ProcessEnded)) options.onError(error);
  };
  const context: Context = { ...options, store, vault, ids, onError, signal: stop.signal };
  const needsReadModel = parts.includes('api') || parts.includes('projector');
  const readModel = needsReadModel ? await disk.open(caller) : null;
  const kill = () => {
    caller.end();
    stop.abort();
  };
  const buried = async () => {
    await readModel?.close();
  };
  try {
    if (readModel !== null && parts.includes('projector')) project(context, readModel);
    const tracker = parts.includes('tracker') ? await openTracker(context) : null;
    const api =
      readModel !== null && parts.includes('api') ? await openApi(context, readModel) : null;
    return {
      name: caller.name,
      parts,
      caller,
      readModel,
      kill,
      buried,
      request: (path, init) => {
        const app = /^\/(?:r\/|t$)/.test(path) ? tracker : api;
        if (app === null) throw new Error(`${caller.name} doesn't answer ${path}.`);
        return app(path, init);
      },
    };
  } catch (error) {
    kill();
    await buried();
    throw error;
  }
}

interface Context extends ServiceOptions {
  readonly store: EventStore;
  readonly ids: () => string;
  readonly signal: AbortSignal;
}

const TAKEN_OVER_PAUSE_MS = 2000;

/** One that was taken over is begun again, as whoever supervises the process does. */
function project(context: Context, readModel: SqliteReadModel): void {
  const { store, signal, onError, now } = context;
  const { database } = readModel;
  const { stopped } = startProjector({ store, database, signal, onError, now, batchSize: 7 });
  void stopped.then((why) => {
    if (why === 'aborted') return;
    setTimeout(() => {
      if (!signal.aborted) project(context, readModel);
    }, TAKEN_OVER_PAUSE_MS);
  });
}

async function openTracker(context: Context): Promise<App> {
  const { store, vault, ids, now, signal, onError, caller } = context;
  const links = followLinkDirectory(store, { signal, onError });
  await links.ready;
  const recorder = createTouchRecorder({ store, node: caller.name, now, onError });
  const app = createTracker({
    directory: links.directory,
    recorder,
    counters: createDropCounters(),
    ipHasher: createIpHasher(await vault.secret('ip-hashes')),
    customerKeys: createCustomerKeys(await vault.secret('customer-keys')),
    ids,
    now,
    secureCookies: true,
    clientAddress: () => null,
    onError,
  });
  return async (path, init) => app.request(path, init);
}

async function openApi(context: Context, opened: SqliteReadModel): Promise<App> {
  const { store, vault, ids, now, signal, onError } = context;
  const readModel = readingThroughGates(opened.readModel, context.caller);
  const keyRing = await openKeyRing(store, { signal, onError });
  const payoutPolicy = {
    approvalsRequired: context.approvalsRequired,
    coolingMs: 24 * 3_600_000,
  };
  const payoutRuns = createPayoutRuns({
    store,
    readModel,
    vault,
    now,
    policy: payoutPolicy,
    signal,
    onError,
  });
  await payoutRuns.resume();
  const app = createAdminApi({
    store,
    readModel,
    vault,
    customerKeys: createCustomerKeys(await vault.secret('customer-keys')),
    accountKeys: createAccountKeys(await vault.secret('payout-accounts')),
    keyRing,
    ids,
    now,
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields) => {
        onError('err' in fields ? fields.err : fields);
      },
    },
    trackerBaseUrl: 'https://go.example.nl',
    payoutPolicy,
    payoutRuns,
  });
  return async (path, init) => app.request(path, init);
}

/** The vault is outside too, and a dead process seals nothing. */
function vaultOf({ vault, caller }: ServiceOptions): Vault {
  return {
    seal: async (subject, value) => {
      await caller.pass('vault', subject);
      return vault.seal(subject, value);
    },
    open: async (sealed) => {
      caller.mustLive();
      return vault.open(sealed);
    },
    erase: async (subject) => {
      await caller.pass('vault', subject);
      return vault.erase(subject);
    },
    secret: async (name) => {
      caller.mustLive();
      return vault.secret(name);
    },
    close: () => undefined,
  };
}

/** Others may act between any two queries. */
function readingThroughGates(readModel: ReadModel, caller: Caller): ReadModel {
  return {
    ...readModel,
    snapshot: async (work) => {
      await caller.pass('before_query', 'snapshot');
      return readModel.snapshot(async (model) => {
        await caller.pass('before_query', 'in snapshot');
        return work(model);
      });
    },
    payout: async (payoutId) => {
      await caller.pass('before_query', 'payout');
      return readModel.payout(payoutId);
    },
    decision: async (orderId) => {
      await caller.pass('before_query', 'decision');
      return readModel.decision(orderId);
    },
  };
}
