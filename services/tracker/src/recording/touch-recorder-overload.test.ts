import { newFact } from '@provisie/domain';
import type { NewFact } from '@provisie/domain';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newId, NOON } from '../../test/tracked-shop.ts';
import { createTouchRecorder } from './touch-recorder.ts';
import type { RecordOutcome } from './record-outcome.ts';
import type { TouchRecorder } from './touch-recorder.ts';

const PATIENCE_MS = 200;
const APPEND_MS = 100;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function identified(): NewFact {
  const id = newId();
  const data = { touchId: id, visitorId: 'visitor-1', customer: 'k'.repeat(43) };
  return newFact('VisitorIdentified', {
    id,
    occurredAt: NOON,
    data: { ...data, consent: 'unknown' },
  });
}

/** Takes ten touches at a time, and two such batches in 100 ms: 200 touches a second. */
function slowRecorder(): TouchRecorder {
  return createTouchRecorder({
    store: {
      append: async () => {
        await new Promise((resolve) => setTimeout(resolve, APPEND_MS));
        return { ok: true, revision: 0, position: 1, repeated: false };
      },
    },
    node: 'test',
    now: () => NOON,
    maxBatch: 10,
    patienceMs: PATIENCE_MS,
  });
}

interface Answer {
  readonly outcome: RecordOutcome;
  readonly at: number;
  readonly waitedMs: number;
}

/** Touches that arrive one by one, so many a second, until that many seconds are over. */
async function arriving(recorder: TouchRecorder, perSecond: number, seconds: number) {
  const answers: Answer[] = [];
  const arrive = async () => {
    const at = performance.now();
    const outcome = await recorder.record(identified());
    answers.push({ outcome, at, waitedMs: performance.now() - at });
  };
  for (let touch = 0; touch < perSecond * seconds; touch += 1) {
    void arrive();
    await vi.advanceTimersByTimeAsync(1000 / perSecond);
  }
  await vi.advanceTimersByTimeAsync(2000);
  return answers;
}

const reasonOf = ({ outcome }: Answer) => (outcome.recorded ? 'recorded' : outcome.reason);

test('what the store can take is recorded', async () => {
  const answers = await arriving(slowRecorder(), 150, 5);
  expect(answers).toHaveLength(750);
  expect(new Set(answers.map(reasonOf))).toEqual(new Set(['recorded']));
});

test('in a lasting overload as much is recorded as the store can take, and nobody waits for long', async () => {
  const answers = await arriving(slowRecorder(), 500, 10);
  expect(answers).toHaveLength(5000);
  const lasting = answers.filter(({ at }) => at >= 5000);
  const recorded = lasting.filter((answer) => reasonOf(answer) === 'recorded');
  const others = lasting.filter((answer) => reasonOf(answer) !== 'recorded');
  expect(new Set(others.map(reasonOf))).toEqual(new Set(['overloaded']));
  expect(recorded.length).toBeGreaterThan(0.9 * 200 * 5);
  const longest = (some: readonly Answer[]) => Math.max(...some.map(({ waitedMs }) => waitedMs));
  expect(longest(others)).toBe(0);
  // Taken in behind one that had just not lost its patience, and then as long as its own append takes.
  expect(longest(recorded)).toBeLessThanOrEqual(PATIENCE_MS + 3 * APPEND_MS);
});

test('a pause of the disk loses nothing', async () => {
  const paused = Promise.withResolvers<undefined>();
  const recorder = createTouchRecorder({
    store: {
      append: async () => {
        await paused.promise;
        return { ok: true, revision: 0, position: 1, repeated: false };
      },
    },
    node: 'test',
    now: () => NOON,
    patienceMs: PATIENCE_MS,
  });
  setTimeout(paused.resolve, 1200, undefined);
  const answers = await arriving(recorder, 100, 2);
  expect(new Set(answers.map(reasonOf))).toEqual(new Set(['recorded']));
});

test('after an overload all is as before', async () => {
  const recorder = slowRecorder();
  await arriving(recorder, 500, 5);
  const answers = await arriving(recorder, 150, 5);
  expect(new Set(answers.map(reasonOf))).toEqual(new Set(['recorded']));
});
