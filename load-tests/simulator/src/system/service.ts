import { createEventIds } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import { keepLive, type ReadModelHome } from '@provisie/read-model';
import { ProcessEnded } from '../machinery/gates.ts';
import { openApi } from './api-part.ts';
import type { Context, Service, ServiceOptions } from './parts.ts';
import { connect } from './store-client.ts';
import { openTracker } from './tracker-part.ts';

/** Starts a process with its parts; throws when it can't start. */
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
