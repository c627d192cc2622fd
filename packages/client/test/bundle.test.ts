import { fileURLToPath } from 'node:url';
import { createContext, Script } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const BUDGET_BYTES = 2500;
const ENTRY = fileURLToPath(new URL('../src/index.ts', import.meta.url));

/** As a page or a worker gets it. */
async function bundle(): Promise<Uint8Array> {
  const { outputFiles, warnings } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    globalName: 'provisie',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]?.contents ?? new Uint8Array();
}

test('it is small', async () => {
  const bytes = gzipSync(await bundle(), { level: 9 }).length;
  console.log(`the client, bundled and gzipped: ${String(bytes)} B of ${String(BUDGET_BYTES)} B`);
  expect(bytes).toBeGreaterThan(0);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});

test('it runs where there is nothing but the web’s own', async () => {
  const sent: string[] = [];
  const standards = {
    fetch: (url: string, { method, headers }: RequestInit) => {
      const { authorization, 'idempotency-key': once } = Object.fromEntries(new Headers(headers));
      sent.push(`${String(method)} ${url} ${String(authorization)} ${typeof once}`);
      return Promise.resolve(Response.json({ position: 7 }));
    },
    AbortController,
    AbortSignal,
    URL,
    URLSearchParams,
    clearTimeout,
    crypto,
    setTimeout,
  };
  // Without `process`, `Buffer`, `require` and all else that a runtime adds.
  const context = createContext(standards);
  const text = Buffer.from(await bundle()).toString();
  const call = `provisie
    .createClient({ baseUrl: 'https://go.example.nl', key: 'pv_live_1' })
    .post('/v1/orders/{orderId}/completion', { path: { orderId: 'a b' }, body: {} })`;
  expect(await new Script(`${text};${call}`).runInContext(context)).toEqual({ position: 7 });
  expect(sent).toEqual([
    'POST https://go.example.nl/v1/orders/a%20b/completion Bearer pv_live_1 string',
  ]);
});
