import { createEventIds, type EventStore } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import { keepLive, type ReadModel, type ReadModelHome } from '@provisie/read-model';
import { ProcessEnded } from '../machinery/gates.ts';
import type { Random } from '../machinery/random.ts';
import { openApi } from './api-part.ts';
import type { Caller } from './caller.ts';
import type { ReadModelDisk } from './read-model-disk.ts';
import type { SpoolDisk } from './spool-disk.ts';
import { connect } from './store-client.ts';
import type { StoreServer } from './store-server.ts';
import { openTracker } from './tracker-part.ts';

export type Part = 'tracker' | 'api' | 'projector';

/** What a process runs, and what it finds outside itself. */
export interface ServiceOptions {
  readonly caller: Caller;
  readonly parts: readonly Part[];
  readonly server: StoreServer;
  readonly disk: ReadModelDisk;
  /** Null: its tracker writes to the log itself. */
  readonly spoolDisk: SpoolDisk | null;
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
  /** Of an API. */
  readonly readModel: ReadModel | null;
  request(path: string, init: RequestInit): Promise<Response>;
  /** What its spool holds back, and what the log refused for good. */
  spooled(): { readonly events: number; readonly setAside: number };
  /** Ends it as a kill does: nothing is finished, and nothing it still does reaches anything. */
  kill(): void;
  /** Gives back what the operating system would. Once everything stands still. */
  buried(): Promise<void>;
}

/** What the parts of a process are made with. */
export interface Context extends ServiceOptions {
  readonly store: EventStore;
  readonly ids: () => string;
  readonly signal: AbortSignal;
  /** To be released when the process has ended. */
  readonly opened: AsyncDisposableStack;
}

export type App = (path: string, init: RequestInit) => Promise<Response>;

export async function startService(options: ServiceOptions): Promise<Service> {
  const { caller, parts, random, now } = options;
  const opened = new AsyncDisposableStack();
  const context: Context = {
    ...options,
    store: connect(options.server, caller),
    vault: vaultOf(options),
    ids: createEventIds({ now, random: () => random.fraction() }),
    onError: (error: unknown) => {
      if (!caller.hasEnded && !(error instanceof ProcessEnded)) options.onError(error);
    },
    signal: caller.signal,
    opened,
  };
  try {
    const home =
      parts.includes('api') || parts.includes('projector') ? await openHome(context) : null;
    if (home !== null && parts.includes('projector')) project(context, home);
    const tracker = parts.includes('tracker') ? await openTracker(context) : null;
    const api = home !== null && parts.includes('api') ? await openApi(context, home) : null;
    return {
      name: caller.name,
      parts,
      caller,
      readModel: api?.readModel ?? null,
      kill: () => {
        caller.end();
      },
      buried: () => opened.disposeAsync(),
      spooled: () => tracker?.spooled() ?? { events: 0, setAside: 0 },
      request: (path, init) => {
        const app = /^\/(?:r\/|t$)/.test(path) ? tracker?.app : api?.app;
        if (app === undefined) throw new Error(`${caller.name} doesn't answer ${path}.`);
        return app(path, init);
      },
    };
  } catch (error) {
    caller.end();
    await opened.disposeAsync();
    throw error;
  }
}

async function openHome({ disk, caller, now, opened }: Context): Promise<ReadModelHome> {
  const home = await disk.open(caller, now);
  opened.defer(() => home.close());
  return home;
}

function project({ store, signal, onError, now, opened }: Context, home: ReadModelHome): void {
  const { stopped } = keepLive({ store, home, signal, onError, now, batchSize: 7 });
  opened.defer(() => stopped);
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
