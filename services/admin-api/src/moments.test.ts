import type { Fact } from '@provisie/domain';
import { expect, test } from 'vitest';
import { momentOfChange, notInFuture } from './moments.ts';

const at = (occurredAt: number): Fact => ({
  id: '1',
  type: 'ProgrammeClosed',
  occurredAt,
  recordedAt: 0,
  position: 1,
  data: { programmeId: 'affiliate' },
});

test.each([
  [[], 100, 100],
  [[50], 100, 100],
  [[100], 100, 101],
  [[100, 300, 200], 100, 301],
])('after facts at %j, now %i: %i', (facts, now, moment) => {
  const change = { told: undefined, now, since: 0, path: '/at' };
  expect(momentOfChange(facts.map(at), change)).toBe(moment);
});

test('a moment a little ahead is another clock, one far ahead a mistake', () => {
  expect(notInFuture(undefined, 1000, '/at')).toBe(1000);
  expect(notInFuture(1000 + 300_000, 1000, '/at')).toBe(301_000);
  expect(() => notInFuture(1001 + 300_000, 1000, '/at')).toThrow(/not right/);
});

const changeAt = (told: number) =>
  // A fact of the same thing that is later does not matter.
  momentOfChange([at(200), at(900)], { told, now: 1000, since: 200, path: '/at' });

test.each([200, 250, 301_000])('a change since 200, told of at 1000, may be dated %i', (told) => {
  expect(changeAt(told)).toBe(told);
});

test.each([199, 301_001])('a change since 200, told of at 1000, is not dated %i', (told) => {
  expect(() => changeAt(told)).toThrow(/not right/);
});
