// A projector as a process of its own, which says what it does: run by processes.test.ts.
import type { EventStore } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { keepLive, startProjector, type ReadModelHome } from '../../src/index.ts';
import { openSqliteReadModelHome } from '../../src/generations/sqlite-home.ts';
import { openPostgresReadModelHome } from '../../src/generations/postgres-home.ts';

const [mode = '', events = '', address = ''] = process.argv.slice(2);

function say(what: object): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}

const stop = new AbortController();
process.on('SIGTERM', () => {
  stop.abort();
});

/** So that a build takes long enough to be broken off. */
function slowly(store: EventStore): EventStore {
  return {
    append: (stream, newEvents, expected) => store.append(stream, newEvents, expected),
    readStream: (stream, options) => store.readStream(stream, options),
    head: () => store.head(),
    eventAt: (position) => store.eventAt(position),
    close: () => store.close(),
    subscribe: (after, options) => store.subscribe(after, options),
    async *readAll(after, options) {
      for await (const batch of store.readAll(after, { ...options, batchSize: 20 })) {
        await new Promise((resolve) => {
          setTimeout(resolve, 30);
        });
        yield batch;
      }
    },
  };
}

/** Writes without leading: what keeps two of these apart is the checkpoint alone. */
async function hammer(store: EventStore, home: ReadModelHome): Promise<void> {
  const [live] = await home.generations();
  if (live === undefined) throw new Error('nothing is live');
  const opened = await home.open(live, 'write');
  say({ phase: 'hammering' });
  while (!stop.signal.aborted) {
    const { stopped } = startProjector({
      store,
      database: opened.database,
      signal: stop.signal,
      onError: () => {},
      batchSize: 2,
      sliceMs: 0,
    });
    if ((await stopped) === 'taken_over') say({ takenOver: true });
  }
  await opened.close();
}

const store = openSqliteEventStore({ file: events, readOnly: true });
const home = address.startsWith('postgres:')
  ? await openPostgresReadModelHome({ url: address })
  : await openSqliteReadModelHome({ folder: address });
if (mode === 'hammer') await hammer(store, home);
else {
  await keepLive({
    store: mode === 'slowly' ? slowly(store) : store,
    home,
    signal: stop.signal,
    batchSize: 50,
    onError: (error) => {
      say({ error: String(error) });
    },
    onPhase: (phase) => {
      say({ phase: phase.kind, build: 'generation' in phase ? phase.generation.build : null });
    },
  }).stopped;
}
await home.close();
await store.close();
