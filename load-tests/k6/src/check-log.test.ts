import { expect, test } from 'vitest';
import { answerLine, readAnswerLine } from '../scenarios/answer.ts';
import type { Answer } from '../scenarios/answer.ts';
import { checkLog, faultsOf } from './check-log.ts';

const click = (key: string): Answer => ({
  kind: 'ClickRecorded',
  key,
  answeredAt: 1000,
  tookMs: 1.5,
});

/** A log with these events of this kind of data. */
function logOf(...events: readonly (readonly [string, object])[]) {
  return {
    async *readAll() {
      yield events.map(([type, data], index) => ({
        id: String(index),
        stream: 'touches-load',
        revision: index,
        position: index + 1,
        type,
        version: 1,
        occurredAt: 0,
        recordedAt: 0,
        data,
        metadata: {},
      }));
    },
  };
}

async function* answers(...all: readonly Answer[]) {
  yield* all;
}

const recorded = (touchId: string) => ['ClickRecorded', { touchId }] as const;

test('all that was acknowledged is in the log once', async () => {
  const log = logOf(recorded('a'), recorded('b'), ['LinkCreated', {}]);
  const unrecorded: Answer = { ...click('-'), kind: 'Unrecorded' };
  const check = await checkLog(log, answers(click('a'), unrecorded));
  expect(check).toEqual({
    answers: 2,
    acknowledged: 1,
    unrecorded: 1,
    missing: [],
    doubled: [],
    unheard: 1,
  });
  expect(faultsOf(check)).toEqual([]);
});

test('what is missing or doubled is named', async () => {
  const order: Answer = { ...click('webshop-1'), kind: 'OrderPlaced' };
  const visit = ['VisitRecorded', { visitorId: 'v' }] as const;
  const check = await checkLog(
    logOf(recorded('a'), recorded('a'), visit, visit),
    answers(click('a'), click('b'), order),
  );
  expect(faultsOf(check)).toEqual([
    'acknowledged, but not in the log: ClickRecorded b',
    'acknowledged, but not in the log: OrderPlaced webshop-1',
    'more than once in the log: ClickRecorded a',
    'more than once in the log: VisitRecorded v',
  ]);
});

test('an answer is read as it was written, and nothing else is', () => {
  expect(readAnswerLine(answerLine(click('a')))).toEqual(click('a'));
  expect(readAnswerLine('a delivery was answered 500: ClickRecorded')).toBeNull();
});
