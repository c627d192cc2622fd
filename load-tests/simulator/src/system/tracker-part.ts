import { touchHashesOf } from '@provisie/privacy';
import { startForwarder } from '@provisie/spool';
import {
  createDropCounters,
  createTouchRecorder,
  createTracker,
  followLinkDirectory,
  type TouchRecorder,
} from '@provisie/tracker';
import type { App, Context, Service } from './parts.ts';

export interface TrackerPart extends Pick<Service, 'spooled'> {
  readonly app: App;
}

export async function openTracker(context: Context): Promise<TrackerPart> {
  const { store, vault, ids, now, signal, onError } = context;
  const links = followLinkDirectory(store, { signal, onError });
  await links.ready;
  const { recorder, spooled } = recording(context);
  const app = createTracker({
    directory: links.directory,
    recorder,
    counters: createDropCounters(),
    ...(await touchHashesOf(vault)),
    ids,
    now,
    secureCookies: true,
    clientAddress: () => null,
    onError,
  });
  return { app: async (path, init) => app.request(path, init), spooled };
}

/** A node of its own writes to its spool, as `openNode` has it; in one process with the log it writes there. */
function recording(
  context: Context,
): Pick<Service, 'spooled'> & { readonly recorder: TouchRecorder } {
  const { store, spoolDisk, caller, now, onError, opened, random } = context;
  if (spoolDisk === null) {
    const recorder = createTouchRecorder({ store, node: 'local', now, onError });
    return { recorder, spooled: () => ({ events: 0, setAside: 0 }) };
  }
  const spool = spoolDisk.open(caller, now);
  opened.defer(() => spool.close());
  const forwarder = startForwarder({
    outbox: spool.outbox,
    store,
    now,
    random: () => random.fraction(),
    maxBatchEvents: 3,
    onError,
  });
  opened.defer(() => {
    void forwarder.stop(0);
  });
  const node = `node-${spool.incarnation}`;
  const recorder = createTouchRecorder({ store: spool, node, now, onError });
  return { recorder, spooled: () => spool.status() };
}
