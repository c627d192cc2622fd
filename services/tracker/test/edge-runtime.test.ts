import { builtinModules } from 'node:module';
import { expect, test } from 'vitest';
import { workerBundle } from './edge-worker.ts';

/** What a deployment may weigh: platforms count it compressed, and every cold start reads it. */
const MOST_GZIPPED_BYTES = 60_000;

test('the worker needs nothing of Node, whose modules no edge runtime has', async () => {
  const { code } = await workerBundle();
  const imported = Array.from(
    code.matchAll(/(?:from|import|require\()\s*["'](?<name>[^"']+)["']/g),
  );
  const names = imported.map(({ groups }) => groups?.['name'] ?? '');
  expect(names.filter((name) => name.startsWith('node:') || builtinModules.includes(name))).toEqual(
    [],
  );
  expect(code).not.toMatch(/\bBuffer\b|\b__dirname\b/);
});

test('the worker stays small, and says what weighs', async () => {
  const { gzippedBytes, weights } = await workerBundle();
  const heaviest = weights.slice(0, 6).map(([name, bytes]) => `${name} ${String(bytes)}`);
  console.log(`edge worker: ${String(gzippedBytes)} bytes gzipped; ${heaviest.join(', ')}`);
  expect(gzippedBytes).toBeLessThan(MOST_GZIPPED_BYTES);
});
