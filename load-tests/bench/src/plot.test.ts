import { expect, test } from 'vitest';
import { barPlot, linePlot } from './plot.ts';

test('a line goes through its points, and is named with its last value', () => {
  const flat = [
    [1e5, 20],
    [1e6, 20],
  ] as const;
  const steep = [
    [1e5, 10],
    [1e6, 100],
  ] as const;
  const svg = linePlot('Cost & <growth>', 'µs', [
    { name: 'flat', points: flat },
    { name: 'steep', points: steep },
  ]);
  const [level, rising] = Array.from(svg.matchAll(/points="([^"]+)"/g), ([, points]) =>
    String(points)
      .split(' ')
      .map((point) => Number(point.split(',')[1])),
  );
  expect(level?.[0]).toBe(level?.[1]);
  expect(rising?.[0]).toBeGreaterThan(Number(rising?.[1]));
  expect(svg).toContain('steep: 100 µs');
  expect(svg).toContain('Cost &amp; &lt;growth>');
});

test('a bar is as long as the sum of its parts', () => {
  const svg = barPlot('Bytes', 'B', [
    {
      name: 'one',
      parts: [
        ['table', 300],
        ['index', 100],
      ],
    },
    { name: 'other', parts: [['table', 200]] },
  ]);
  const widths = Array.from(svg.matchAll(/width="([\d.]+)" height="26"/g), ([, width]) =>
    Number(width),
  );
  const [table = 0, index = 0, other = 0] = widths;
  expect(table).toBeCloseTo(3 * index, -1);
  expect(other).toBeCloseTo((table + index) / 2, -1);
  expect(svg).toContain('400 B');
});
