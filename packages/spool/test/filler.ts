// Under a limit on file sizes: appends until the spool is full, forwards, has the limit lifted, and appends again.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { EventStoreError, createEventIds } from '@provisie/event-store';
import type { AppendResult, EventStore, NewEvent } from '@provisie/event-store';
import { openSpool, startForwarder } from '../src/index.ts';

const spool = openSpool({ file: join(process.argv[2] ?? '', 'spool.sqlite'), roomCheckMs: 20 });
const nextId = createEventIds();
const acknowledged: string[] = [];
const stored: string[] = [];

/** A store of another machine, which has room. */
const store: Pick<EventStore, 'append' | 'readStream'> = {
  async append(_stream, events: readonly NewEvent[], expected): Promise<AppendResult> {
    const end = stored.length - 1;
    if (expected !== (end < 0 ? 'no_stream' : end)) {
      return { ok: false, reason: 'conflict', actualRevision: end < 0 ? null : end };
    }
    stored.push(...events.map(({ id }) => id));
    return { ok: true, revision: stored.length - 1, position: stored.length, repeated: false };
  },
  async *readStream(stream, { fromRevision = 0 } = {}) {
    for (const [index, id] of stored.slice(fromRevision).entries()) {
      const revision = fromRevision + index;
      const place = { stream, revision, position: revision + 1, recordedAt: 0 };
      yield { id, type: 'Noted', version: 1, occurredAt: 0, data: {}, metadata: {}, ...place };
    }
  },
};

async function append(): Promise<void> {
  const id = nextId();
  const event = {
    id,
    type: 'Noted',
    version: 1,
    occurredAt: 0,
    data: { text: 'x'.repeat(20_000) },
  };
  const result = await spool.append('touches-test-2026-06-15', [event], 'any');
  if (result.ok) acknowledged.push(id);
}

async function until(condition: () => boolean): Promise<boolean> {
  const deadline = Date.now() + 10_000;
  while (!condition() && Date.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return condition();
}

let code = '';
while (code === '') {
  try {
    await append();
  } catch (error) {
    code = error instanceof EventStoreError ? error.code : String(error);
  }
}
const whileFull = spool.status().state;
const forwarder = startForwarder({ outbox: spool.outbox, store, lingerMs: 0, firstPauseMs: 5 });
const forwardedWhileFull = await until(() => stored.length === acknowledged.length);
execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']);
await until(() => spool.status().state === 'ok');
const afterwards = spool.status().state;
await append();
await until(() => stored.length === acknowledged.length && spool.status().events === 0);
await forwarder.stop(1000);
await spool.close();
const once = new Set(stored);
console.log(
  JSON.stringify({
    code,
    whileFull,
    forwardedWhileFull,
    afterwards,
    missing: acknowledged.filter((id) => !once.has(id)).length,
    doubled: stored.length - once.size,
  }),
);
