import { expect, test } from 'vitest';
import { readWishes } from './command-line.ts';

test('minutes are seconds, and an address loses its path', () => {
  const wishes = readWishes(['reads', '--url', 'http://localhost:8080/', '--minutes', '1.5']);
  expect(wishes).toMatchObject({ url: 'http://localhost:8080', seconds: 90, perSecond: null });
});

test.each([
  [[], 'Name one scenario'],
  [['clicks', '--start'], '"clicks" is none'],
  [['reads'], 'either --start or --url'],
  [['reads', '--start', '--url', 'http://localhost:1'], 'either --start or --url'],
  [['outage', '--url', 'http://localhost:1'], 'starts what it needs'],
  [['reads', '--start', '--rate', '0'], '--rate must be a number above 0'],
  [['reads', '--url', 'localhost:8080'], 'must be an address such as'],
])('%j is refused: %s', (args, reason) => {
  expect(() => readWishes(args)).toThrow(reason);
});
