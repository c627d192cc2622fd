// Serves the tracker until its input ends: `durable` with each touch on disk before it is answered, `unrecorded` the
// same app with a recorder that says yes at once.
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import { createEventIds, readFact } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { createCustomerKeys, createIpHasher } from '@provisie/privacy';
import {
  createDropCounters,
  createLinkDirectory,
  createNodeTracker,
  createTouchRecorder,
  type TouchRecorder,
} from '@provisie/tracker';
import { serveUntilInputEnds } from '../served-side.ts';

const [mode = '', folder = '.', name = '', links = '1'] = process.argv.slice(2);
const ids = createEventIds();
const now = () => Date.now();
const store = openSqliteEventStore({
  file: path.join(folder, `${name}.sqlite`),
  writesOn: 'own_thread',
});

const opened = newFact('ProgrammeOpened', {
  id: ids(),
  occurredAt: now(),
  data: { programmeId: 'affiliate', name: 'Affiliates', hosts: ['shop.example'] },
});
const terms = newFact('TermsPublished', {
  id: ids(),
  occurredAt: now(),
  data: { programmeId: 'affiliate', termsVersion: 1, effectiveFrom: now(), terms: DEFAULT_TERMS },
});
await store.append(streams.programme('affiliate'), [opened, terms], 'no_stream');
const AT_ONCE = 10_000;
let made: Promise<unknown>[] = [];
for (let index = 0; index < Number(links); index += 1) {
  const code = `blog-${String(index)}`;
  const destination = `https://shop.example/landing/${String(index)}`;
  const link = newFact('LinkCreated', {
    id: ids(),
    occurredAt: now(),
    data: { code, programmeId: 'affiliate', partnerId: 'blog', destination },
  });
  made.push(store.append(streams.link(code), [link], 'no_stream'));
  if (made.length < AT_ONCE) continue;
  await Promise.all(made);
  made = [];
}
await Promise.all(made);
const setUp = await store.head();

const directory = createLinkDirectory();
for await (const batch of store.readAll(0)) {
  for (const event of batch) directory.apply(readFact(event));
}

const unrecorded: TouchRecorder = {
  record: async () => ({ recorded: true, repeated: false }),
  idle: async () => undefined,
};
/** A pause of the disk is to show in the latency, and not as clicks that are sent on without their record. */
const PATIENT = { timeLimitMs: 30_000, patienceMs: 30_000 };
const recorder =
  mode === 'durable' ? createTouchRecorder({ store, node: 'bench', now, ...PATIENT }) : unrecorded;
const { app, front } = createNodeTracker({
  directory,
  recorder,
  counters: createDropCounters(),
  ipHasher: createIpHasher(new Uint8Array(32)),
  customerKeys: createCustomerKeys(new Uint8Array(32)),
  ids,
  now,
  secureCookies: true,
  clientAddress: ({ req }) => req.raw.headers.get('x-client') ?? '203.0.113.7',
  beaconsPerMinute: Infinity,
});

const behind = getRequestListener(app.fetch);
const listener: RequestListener = (incoming, outgoing) => {
  if (!front(incoming, outgoing)) void behind(incoming, outgoing);
};

await serveUntilInputEnds(listener, async () => {
  await recorder.idle();
  const recorded = mode === 'durable' ? (await store.head()) - setUp : null;
  await store.close();
  return recorded;
});
