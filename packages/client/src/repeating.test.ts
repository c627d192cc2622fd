import { expect, test } from 'vitest';
import { mayPass, pauseMs, retryAfterMs } from './repeating.ts';

test.each([
  { attempt: 1, least: 100, most: 200 },
  { attempt: 2, least: 200, most: 400 },
  { attempt: 5, least: 1600, most: 3200 },
  { attempt: 6, least: 3200, most: 6400 },
  { attempt: 7, least: 4000, most: 8000 },
  { attempt: 50, least: 4000, most: 8000 },
])('after attempt $attempt it waits $least to $most ms', ({ attempt, least, most }) => {
  expect(pauseMs(attempt, null, () => 0)).toBe(least);
  expect(pauseMs(attempt, null, () => 1)).toBe(most);
});

test('it waits as long as the server asked for, and not less than it would have', () => {
  expect(pauseMs(1, 5000, () => 0.5)).toBe(5000);
  expect(pauseMs(1, 0, () => 0)).toBe(100);
});

test.each([
  [null, null],
  ['', null],
  ['0', 0],
  ['7', 7000],
  ['soon', null],
  ['Tue, 10 Mar 2026 12:00:03 GMT', 3000],
  ['Tue, 10 Mar 2026 11:00:00 GMT', 0],
])('Retry-After %j is %j ms', (header, ms) => {
  expect(retryAfterMs(header, Date.parse('2026-03-10T12:00:00.000Z'))).toBe(ms);
});

test.each([
  { status: 0, code: 'no_answer', passes: true },
  { status: 429, code: 'rate_limited', passes: true },
  { status: 502, code: 'unexpected_answer', passes: true },
  { status: 503, code: 'read_model_behind', passes: true },
  { status: 504, code: 'unexpected_answer', passes: true },
  { status: 409, code: 'idempotency_in_progress', passes: true },
  { status: 409, code: 'order_conflict', passes: false },
  { status: 200, code: 'unexpected_answer', passes: false },
  { status: 400, code: 'invalid_request', passes: false },
  { status: 401, code: 'not_authenticated', passes: false },
  { status: 500, code: 'internal', passes: false },
  { status: 507, code: 'store_full', passes: false },
])('$status $code passes: $passes', ({ passes, ...answer }) => {
  expect(mayPass(answer)).toBe(passes);
});
