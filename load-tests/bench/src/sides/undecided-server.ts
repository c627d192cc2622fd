// Answers every request with the same redirect, once a click that is always the same but for its id and time is on disk, until
// its input ends: what recording alone comes to, with nothing read of the request and nothing decided.
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { newFact } from '@provisie/domain';
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { createTouchRecorder } from '@provisie/tracker';
import { serveUntilInputEnds } from '../served-side.ts';

const [folder = '.', name = ''] = process.argv.slice(2);
const ids = createEventIds();
const now = () => Date.now();
const file = path.join(folder, `${name}.sqlite`);
const store = openSqliteEventStore({ file, writesOn: 'own_thread' });
const PATIENT = { timeLimitMs: 30_000, patienceMs: 30_000 };
const recorder = createTouchRecorder({ store, node: 'bench', now, ...PATIENT });

const CIRCUMSTANCES = {
  visitorId: '0d4b3d0e-7f0c-4a55-9b1c-3f1f0a5b6c7d',
  ipHash: 'q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA',
  device: 'desktop',
  browser: 'Chrome',
  bot: false,
  consent: 'unknown',
} as const;
const HEADERS = {
  Location:
    'https://shop.example/landing?utm_source=bench&click_id=019ac7a5-0f3e-7bd1-8f5a-3c8d7b1e2a4f',
  'Cache-Control': 'no-store',
  'X-Robots-Tag': 'noindex',
  'Content-Length': '0',
  'Set-Cookie':
    'pv_visitor=0d4b3d0e-7f0c-4a55-9b1c-3f1f0a5b6c7d; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Lax',
};

async function answer(outgoing: ServerResponse): Promise<void> {
  const id = ids();
  const data = { touchId: id, linkCode: 'blog-0', ...CIRCUMSTANCES };
  await recorder.record(newFact('ClickRecorded', { id, occurredAt: now(), data }));
  outgoing.writeHead(302, HEADERS).end();
}

await serveUntilInputEnds(
  (_, outgoing) => void answer(outgoing),
  async () => {
    await recorder.idle();
    const recorded = await store.head();
    await store.close();
    return recorded;
  },
);
