import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventStoreError } from '@provisie/event-store';
import type { EventStore, NewEvent, RecordedEvent } from '@provisie/event-store';
import { serverErrors } from '@provisie/event-store-testkit/kurrent';
import type { Fault, KurrentDouble } from '@provisie/event-store-testkit/kurrent';
import { anEvent, idsOf, logOf } from './given.ts';
import { TestServer, quick } from './kurrent-doubles.ts';

const faults: readonly Fault[] = [
  { kind: 'fail', error: serverErrors.unavailable },
  { kind: 'fail', error: serverErrors.timeout },
  { kind: 'fail', error: serverErrors.cancelled },
  { kind: 'silent' },
  { kind: 'lose_answer' },
  { kind: 'fail_after', error: serverErrors.unavailable },
  { kind: 'fail_after', error: serverErrors.timeout },
  { kind: 'break_after' },
  { kind: 'fail_midway', after: 2, error: serverErrors.unavailable },
  { kind: 'silent_midway', after: 3 },
];

/** One call in `oneIn` goes wrong, by a generator that a seed repeats. */
function misbehave(double: KurrentDouble, seed: number, oneIn: number): void {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const fault = () => (below(oneIn) === 0 ? (faults[below(faults.length)] ?? null) : null);
  for (const call of ['append', 'read', 'subscribe'] as const) double.faults.decide(call, fault);
}

interface Acknowledged {
  readonly stream: string;
  readonly events: readonly NewEvent[];
  readonly revision: number | null;
  readonly position: number;
}

/** As a caller does that must get its events in: again with the same ids, until they are acknowledged. */
async function appendSurely(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  expected: 'any' | 'no_stream' | number,
): Promise<Acknowledged> {
  for (;;) {
    try {
      const result = await store.append(stream, events, expected);
      // Nobody else knows these ids, and nobody else writes where a revision is expected.
      if (!result.ok) throw new Error(`a conflict at ${result.actualRevision} for our own append`);
      return { stream, events, revision: result.revision, position: result.position };
    } catch (error) {
      const isPassing = error instanceof EventStoreError && error.code === 'store_unavailable';
      if (!isPassing) throw error;
    }
  }
}

async function writer(store: EventStore, name: string, appends: number): Promise<Acknowledged[]> {
  const acknowledged: Acknowledged[] = [];
  let expected: 'no_stream' | number = 'no_stream';
  for (let n = 0; n < appends; n += 1) {
    const events = Array.from({ length: (n % 3) + 1 }, () => anEvent({ data: { name, n } }));
    const [own, shared]: readonly [Acknowledged, Acknowledged] = await Promise.all([
      appendSurely(store, `order-${name}`, events, expected),
      appendSurely(store, 'touches-shared', [anEvent({ data: { name, n } })], 'any'),
    ]);
    acknowledged.push(own, shared);
    expected = own.revision ?? 'no_stream';
  }
  return acknowledged;
}

async function follow(store: EventStore, seen: RecordedEvent[], signal: AbortSignal) {
  for await (const batch of store.subscribe(0, { signal, batchSize: 7 })) {
    if (batch.kind === 'events') seen.push(...batch.events);
  }
}

/** Resolves when so many appends were asked for, or none will be any more. */
async function callsBegun(
  double: KurrentDouble,
  count: number,
  writing: Promise<unknown>,
): Promise<void> {
  let isOver = false;
  void writing.finally(() => (isOver = true)).catch(() => {});
  await expect
    .poll(() => isOver || double.calls.of('append') > count, { timeout: 30_000 })
    .toBe(true);
}

test('whatever goes wrong, what was acknowledged is there once, in order, and is delivered once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 2 ** 31 }),
      fc.integer({ min: 3, max: 12 }),
      fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 2 }),
      async (seed, oneIn, restarts) => {
        const server = await TestServer.start();
        const patience = { ...quick, attemptMs: 400, limitMs: 1_500 };
        const open = () => server.open({ patience, silenceMs: 60 });
        try {
          const [one, other, reader] = await Promise.all([open(), open(), open()]);
          const abort = new AbortController();
          const seen: RecordedEvent[] = [];
          const following = follow(reader, seen, abort.signal);
          misbehave(server.double, seed, oneIn);
          const writing = Promise.all([writer(one, 'a', 10), writer(other, 'b', 10)]);
          for (const after of restarts) {
            await callsBegun(server.double, after, writing);
            await server.double.restart();
          }
          const acknowledged = (await writing).flat();
          server.double.faults.clear();
          const log = await logOf(await open());
          expect(new Set(idsOf(log)).size).toBe(log.length);
          expect(idsOf(log).toSorted()).toEqual(
            acknowledged.flatMap(({ events }) => idsOf(events)).toSorted(),
          );
          for (const { stream, events, revision, position } of acknowledged) {
            const at = log.findIndex((event) => event.position === position);
            expect(log[at]).toMatchObject({ stream, revision });
            const ofStream = log.slice(0, at + 1).filter((event) => event.stream === stream);
            expect(idsOf(ofStream.slice(-events.length))).toEqual(idsOf(events));
          }
          await expect
            .poll(() => seen.length, { timeout: 30_000 })
            .toBeGreaterThanOrEqual(log.length);
          expect(seen).toEqual(log);
          abort.abort();
          await following;
        } finally {
          await server.stop();
        }
      },
    ),
    { numRuns: 3, endOnFailure: true },
  );
}, 120_000);
