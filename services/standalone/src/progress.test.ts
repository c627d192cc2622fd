import { expect, test } from 'vitest';
import { timeText } from './progress.ts';

test.each([
  [0, '0s'],
  [7, '7s'],
  [95, '1m35s'],
  [7500, '2h05m'],
  [500_000, '138h53m'],
  [Number.POSITIVE_INFINITY, '?'],
  ['INF', '?'],
])('%s seconds are shown as %s', (seconds, text) => {
  expect(timeText(seconds)).toBe(text);
});
