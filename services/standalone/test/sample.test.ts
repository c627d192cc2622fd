import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sampleFiles } from '../src/sample/sample.ts';
import { expectedResult } from './oracle/expected.ts';

const examples = join(import.meta.dirname, '../../../examples');

test('the committed sample is what the generator makes', () => {
  for (const { path, text } of sampleFiles()) {
    const committed = readFileSync(join(examples, path));
    const plain = path.endsWith('.gz') ? gunzipSync(committed) : committed;
    expect(plain.toString() === text, `${path}: run node examples/generate.ts`).toBe(true);
  }
});

test('the sample is large and varied enough to mean something', () => {
  const { partners, awards, clicks, orders } = expectedResult();
  expect(clicks.length).toBeGreaterThan(20_000);
  expect(orders.length).toBeGreaterThan(800);
  const amounts = [...awards.values()].map(({ amountCents }) => amountCents);
  expect(amounts.filter((cents) => cents === 0).length).toBeGreaterThan(40);
  expect(orders.filter(({ cancelled }) => cancelled).length).toBeGreaterThan(20);
  const passes = [...partners.values()].map(({ passesThreshold }) => passesThreshold);
  expect(passes.filter(Boolean).length).toBeGreaterThan(5);
  expect(passes.filter((pass) => !pass).length).toBeGreaterThan(2);
  expect([...partners.values()].some(({ pendingCents }) => pendingCents > 0)).toBe(true);
});
