import * as fc from 'fast-check';
import type { AppendResult } from '@provisie/event-store';
import { expect, test, vi } from 'vitest';
import type { Fault } from './faulty-store.ts';
import { idsOf, SpooledNode, touches } from './spooled-node.ts';

type Action =
  | { readonly kind: 'spool'; readonly events: number; readonly day: number }
  | { readonly kind: 'faults'; readonly faults: readonly Fault[] }
  | { readonly kind: 'forward'; readonly batch: number; readonly appends: number }
  | { readonly kind: 'crash' }
  | { readonly kind: 'repeat'; readonly chosen: number };

const fault = fc.constantFrom<Fault>('none', 'away', 'answer_lost', 'hangs_after_writing');
const action: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    kind: fc.constant('spool' as const),
    events: fc.integer({ min: 1, max: 30 }),
    day: fc.integer({ min: 1, max: 2 }),
  }),
  fc.record({ kind: fc.constant('faults' as const), faults: fc.array(fault, { maxLength: 4 }) }),
  fc.record({
    kind: fc.constant('forward' as const),
    batch: fc.integer({ min: 1, max: 20 }),
    appends: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ kind: fc.constant('crash' as const) }),
  fc.record({ kind: fc.constant('repeat' as const), chosen: fc.nat() }),
);

/** What every history of appends, faults and crashes must end with. */
async function play(actions: readonly Action[]): Promise<void> {
  await using node = new SpooledNode();
  const spooled = new Map<string, string[]>();
  const appends: (() => Promise<AppendResult>)[] = [];
  const repeats: (AppendResult | undefined)[] = [];
  for (const step of actions) {
    if (step.kind === 'spool') {
      const stream = `touches-test-2026-06-0${String(step.day)}`;
      const events = touches(step.events);
      await node.append(events, stream);
      spooled.set(stream, [...(spooled.get(stream) ?? []), ...idsOf(events)]);
      appends.push(() => node.append(events, stream));
    } else if (step.kind === 'faults') {
      node.store.faults.push(...step.faults);
    } else if (step.kind === 'forward') {
      const before = node.store.calls;
      node.forward({ maxBatchEvents: step.batch, timeLimitMs: 20 });
      const isDone = () =>
        node.spool.status().events === 0 || node.store.calls >= before + step.appends;
      await vi.waitUntil(isDone, { interval: 1, timeout: 10_000 });
      await node.crash();
    } else if (step.kind === 'crash') {
      await node.crash();
    } else {
      repeats.push(await appends[step.chosen % Math.max(1, appends.length)]?.());
    }
  }
  const taken = repeats.filter((repeat) => repeat !== undefined);
  expect(taken.filter((repeat) => !repeat.ok || !repeat.repeated)).toEqual([]);
  node.store.faults.length = 0;
  await node.drained();
  for (const [stream, ids] of spooled) expect(await node.logged(stream)).toEqual(ids);
  expect(await node.logged()).toHaveLength([...spooled.values()].flat().length);
  expect(node.spool.status()).toMatchObject({ events: 0, bytes: 0, setAside: 0 });
}

test('whatever fails and whenever it crashes, the log gets every event once and in order', async () => {
  await fc.assert(fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 12 }), play), {
    numRuns: 12,
  });
});
