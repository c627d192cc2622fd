import type { Fact } from '@provisie/domain';
import { expect, test } from 'vitest';
import { momentAfter, notInFuture } from './moments.ts';

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
  expect(momentAfter(facts.map(at), now)).toBe(moment);
});

test('a moment a little ahead is another clock, one far ahead a mistake', () => {
  expect(notInFuture(undefined, 1000, '/at')).toBe(1000);
  expect(notInFuture(1000 + 300_000, 1000, '/at')).toBe(301_000);
  expect(() => notInFuture(1001 + 300_000, 1000, '/at')).toThrow(/not right/);
});
