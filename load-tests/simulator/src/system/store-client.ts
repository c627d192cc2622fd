import {
  EventStoreError,
  type EventStore,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '@provisie/event-store';
import type { Way } from '../machinery/gates.ts';
import type { Caller } from './caller.ts';
import type { Life, StoreServer } from './store-server.ts';

/** A process's connection to the log: every call may stand still, fail, or lose its answer. */
export function connect(server: StoreServer, caller: Caller): EventStore {
  const life = (): Life => {
    if (server.life === null) throw unavailable('is down');
    return server.life;
  };
  const stillThere = (known: Life, way: Way = 'go') => {
    caller.mustLive();
    if (way === 'fail') throw unavailable('did not answer');
    if (known.isDying || server.life !== known) throw unavailable('went down');
  };

  return {
    append: async (stream, events, expected) => {
      const way = await caller.pass('before_append', stream);
      if (way === 'fail') throw unavailable('did not answer');
      const known = life();
      const result = await known.store.append(stream, events, expected);
      stillThere(known);
      stillThere(known, await caller.pass('after_append', stream));
      return result;
    },
    readStream: async function* (stream: string, options: ReadStreamOptions = {}) {
      const way = await caller.pass('before_read', stream);
      const known = life();
      stillThere(known, way);
      for await (const event of known.store.readStream(stream, options)) {
        stillThere(known);
        yield event;
      }
      stillThere(known);
    },
    readAll: async function* (after: number, options: ReadAllOptions = {}) {
      const known = life();
      for await (const batch of known.store.readAll(after, options)) {
        stillThere(known, await caller.pass('before_batch'));
        yield batch;
      }
      stillThere(known);
    },
    subscribe: async function* (after: number, options: ReadAllOptions = {}) {
      caller.mustLive();
      const known = life();
      for await (const batch of known.store.subscribe(after, options)) {
        stillThere(known, await caller.pass('before_batch', batch.kind));
        yield batch;
      }
      if (options.signal?.aborted !== true) throw unavailable('ended a subscription');
    },
    eventAt: async (position) => {
      const way = await caller.pass('before_read', 'event');
      const known = life();
      stillThere(known, way);
      const event = await known.store.eventAt(position);
      stillThere(known);
      return event;
    },
    head: async () => {
      const way = await caller.pass('before_read', 'head');
      const known = life();
      stillThere(known, way);
      const head = await known.store.head();
      stillThere(known);
      return head;
    },
    close: async () => undefined,
  };
}

function unavailable(what: string): EventStoreError {
  return new EventStoreError('store_unavailable', `The simulated event store ${what}.`);
}
