import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { anEvent, events, idsOf, mustBeOk, ofLog } from '../src/contract/given.ts';
import { StoreFolder } from '../src/sqlite-files.ts';

let folder: StoreFolder;

beforeEach(() => {
  folder = new StoreFolder('own_thread');
});

afterEach(() => folder.remove());

/** The threads that the store starts, the latest last; it keeps them to itself. */
function startedThreads(): readonly Worker[] {
  const started: Worker[] = [];
  const unref = vi.spyOn(Worker.prototype, 'unref').mockImplementation(function (this: Worker) {
    if (!started.includes(this)) started.push(this);
  });
  onTestFinished(() => unref.mockRestore());
  return started;
}

/** Ends the thread that was started last. */
async function endThread(threads: readonly Worker[]): Promise<void> {
  await threads.at(-1)?.terminate();
}

describe('when the thread that writes fails', () => {
  test('whoever waits for it is told, and the next append is written by another', async () => {
    const threads = startedThreads();
    const store = folder.open();
    const first = events(3);
    mustBeOk(await store.append('order-1', first, 'any'));
    // It is about to end, and nobody knows yet: sooner, it might have written what it is given.
    const ending = endThread(threads);
    const waiting = Promise.allSettled([
      store.append('order-1', [anEvent()], 'any'),
      store.append('order-2', [anEvent()], 'any'),
      store.importEvents([]),
    ]);
    await ending;
    for (const outcome of await waiting) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { name: 'EventStoreError', code: 'store_unavailable' },
      });
      expect(outcome.status === 'rejected' ? String(outcome.reason) : '').toMatch(
        /thread that writes to .*events\.sqlite has failed/,
      );
    }
    const again = anEvent();
    mustBeOk(await store.append('order-3', [again], 'no_stream'));
    const ids = idsOf(await ofLog(store));
    expect(ids.slice(0, 3)).toEqual(idsOf(first));
    expect(ids.at(-1)).toBe(again.id);
    expect(threads).toHaveLength(2);
  });

  test('closing the store still gives the file back', async () => {
    const threads = startedThreads();
    const store = folder.open();
    mustBeOk(await store.append('order-1', events(1), 'any'));
    await endThread(threads);
    await store.close();
    expect(await folder.open().append('order-1', events(1), 0)).toMatchObject({ ok: true });
  });
});

test('closing writes what was appended before, and refuses what comes after', async () => {
  const store = folder.open();
  const before = Array.from({ length: 20 }, () => anEvent());
  const appends = before.map((event) => store.append('order-1', [event], 'any'));
  const closed = [store.close(), store.close()];
  await expect(store.append('order-1', events(1), 'any')).rejects.toMatchObject({
    code: 'store_closed',
  });
  await Promise.all(closed);
  for (const append of appends) mustBeOk(await append);
  expect(idsOf(await ofLog(folder.open()))).toEqual(idsOf(before));
});

test('more than one piece of text can hold is gathered piece by piece, or refused', async () => {
  const store = folder.open();
  const text = 'x'.repeat(1_000_000);
  const large = Array.from({ length: 40 }, () => anEvent({ text }));
  await Promise.all(large.map((event) => store.append('order-1', [event], 'any')));
  expect(await store.head()).toBe(40);
  const tooLarge = Array.from({ length: 270 }, () => anEvent({ text }));
  await expect(store.append('order-1', tooLarge, 'any')).rejects.toMatchObject({
    code: 'append_too_large',
  });
  expect(await store.head()).toBe(40);
});

test('a store that nobody closes keeps no process from ending, once all is written', async () => {
  const script = `
    import { openSqliteEventStore } from '@provisie/event-store/sqlite';
    const store = openSqliteEventStore({ file: process.argv[1], writesOn: 'own_thread' });
    const event = { id: '00000000-0000-4000-8000-000000000001', type: 'Noted', version: 1, occurredAt: 0, data: {} };
    store.append('order-1', [event], 'any').then(() => console.log('written'));
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script, folder.file], {
    cwd: new URL('..', import.meta.url),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  child.stdout.on('data', (chunk) => (printed += String(chunk)));
  await once(child, 'close');
  expect({ code: child.exitCode, printed }).toEqual({ code: 0, printed: 'written\n' });
  expect(await folder.open().head()).toBe(1);
});
