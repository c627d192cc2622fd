// Serves the tracker until its input ends: `durable` with the click on disk before the 302, `unrecorded` the
// same app with a recorder that says yes at once.
import { once } from 'node:events';
import path from 'node:path';
import { serve } from '@hono/node-server';
import { DEFAULT_TERMS, newFact, streams } from '@provisie/domain';
import { createEventIds, readFact } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { createCustomerKeys, createIpHasher } from '@provisie/privacy';
import {
  createDropCounters,
  createLinkDirectory,
  createTouchRecorder,
  createTracker,
  type TouchRecorder,
} from '@provisie/tracker';
import { peakRssMb } from '../measurement.ts';

const [mode = '', folder = '.', round = '0'] = process.argv.slice(2);
const ids = createEventIds();
const now = () => Date.now();
const store = openSqliteEventStore({ file: path.join(folder, `${mode}-${round}.sqlite`) });

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
const link = newFact('LinkCreated', {
  id: ids(),
  occurredAt: now(),
  data: {
    code: 'blog',
    programmeId: 'affiliate',
    partnerId: 'blog',
    destination: 'https://shop.example/landing',
  },
});
await store.append(streams.programme('affiliate'), [opened, terms], 'no_stream');
await store.append(streams.link('blog'), [link], 'no_stream');
const setUp = await store.head();

const directory = createLinkDirectory();
for await (const batch of store.readAll(0)) {
  for (const event of batch) directory.apply(readFact(event));
}

const unrecorded: TouchRecorder = {
  record: async () => ({ recorded: true, repeated: false }),
  idle: async () => undefined,
};
const recorder =
  mode === 'durable' ? createTouchRecorder({ store, node: 'bench', now }) : unrecorded;
const app = createTracker({
  directory,
  recorder,
  counters: createDropCounters(),
  ipHasher: createIpHasher(new Uint8Array(32)),
  customerKeys: createCustomerKeys(new Uint8Array(32)),
  ids,
  now,
  secureCookies: true,
  clientAddress: () => '203.0.113.7',
});

const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${port}/r/blog?utm_source=bench` }));
});

process.stdin.resume();
await once(process.stdin, 'end');
server.close();
await once(server, 'close');
await recorder.idle();
const recorded = mode === 'durable' ? (await store.head()) - setUp : null;
await store.close();
console.log(JSON.stringify({ recorded, peakRssMb: peakRssMb() }));
