import { expect, test } from 'vitest';
import { readWishes } from './command-line.ts';

const KNOWN = ['append', 'rebuild'];

test('without a name all are run, at full scale', () => {
  const wishes = readWishes([], KNOWN);
  expect(wishes).toMatchObject({ benchmarks: KNOWN, json: null, scale: { isSmoke: false } });
});

test('a count replaces that of the scale, for everything that it counts', () => {
  const { scale } = readWishes(['rebuild', '--smoke', '--events', '500'], KNOWN);
  expect(scale).toMatchObject({ isSmoke: true, events: 500, logEvents: 500, rounds: 1 });
});

test.each([
  [['speed'], 'There is no benchmark "speed"'],
  [['--rounds', '0'], '--rounds must be a whole number above 0, not "0"'],
  [['--events', 'many'], '--events must be a whole number above 0, not "many"'],
  [['--fast'], "Unknown option '--fast'"],
])('%j is refused: %s', (args, reason) => {
  expect(() => readWishes(args, KNOWN)).toThrow(reason);
});
