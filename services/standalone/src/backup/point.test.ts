import { expect, test } from 'vitest';
import { pointOf } from './point.ts';

test.each([
  ['1042', { kind: 'position', position: 1042 }],
  ['2026-03-31T22:00:00Z', { kind: 'moment', at: Date.UTC(2026, 2, 31, 22) }],
  ['2026-04-01T00:00+02:00', { kind: 'moment', at: Date.UTC(2026, 2, 31, 22) }],
])('%s is a point', (text, point) => {
  expect(pointOf(text)).toEqual(point);
});

test.each(['0', '2026-03-31', '2026-03-31T22:00:00', '2026-02-30T00:00:00Z'])(
  '%s is none, and what would be is said',
  (text) => {
    expect(() => pointOf(text)).toThrow(/--until must be a position such as 1042, or a moment/);
  },
);
