import { expect, test } from 'vitest';
import { median, percentile, rowOf, type Run } from './measurement.ts';

const run = (operations: number, rest: Partial<Run> = {}): Run => ({
  operations,
  seconds: 1,
  p50: null,
  p99: null,
  peakRssMb: 1,
  startRssMb: null,
  heapMb: null,
  ...rest,
});

test('the median of an even number of values lies between the middle two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([9, 1, 5])).toBe(5);
});

test('a ratio compares neighbours, so a machine that slows down half-way changes nothing', () => {
  const row = rowOf('x', 'op/s', [
    { ours: run(80), limit: run(100) },
    { ours: run(40), limit: run(50) },
    { ours: run(8), limit: run(10) },
  ]);
  expect(row.ratio).toBeCloseTo(0.8);
  expect(row).toMatchObject({ value: 40, limit: 50, p50: null });
});

test('memory is the worst run, latency the median of the runs', () => {
  const row = rowOf('x', 'op/s', [
    { ours: run(1, { p99: 10, peakRssMb: 90 }), limit: run(1) },
    { ours: run(1, { p99: 30, peakRssMb: 70 }), limit: run(1) },
    { ours: run(1, { p99: 20, peakRssMb: 80 }), limit: run(1) },
  ]);
  expect(row).toMatchObject({ p99: 20, peakRssMb: 90 });
});

test('growth compares the peak with that of a tenth of the work', () => {
  const pairs = [{ ours: run(1, { peakRssMb: 180 }), limit: run(1) }];
  expect(rowOf('x', 'op/s', pairs, [run(1, { peakRssMb: 120 })]).growth).toBe(1.5);
  expect(rowOf('x', 'op/s', pairs).growth).toBeNull();
});

test('a percentile is a value of the sample', () => {
  expect(percentile(Float64Array.from([3, 1, 2, 4]), 0.5)).toBe(3);
  expect(percentile(Float64Array.from([3, 1, 2, 4]), 0.99)).toBe(4);
  expect(percentile(new Float64Array(), 0.5)).toBeNull();
});
