import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { Miniflare } from 'miniflare';
import { expect, onTestFinished, test } from 'vitest';

const BUDGET_BYTES = 2300;
const CLIENT = JSON.stringify(fileURLToPath(new URL('../src/index.ts', import.meta.url)));

/** A module as a page or a worker gets it; `client` in its text is where the client is. */
async function bundled(text: string): Promise<string> {
  const { outputFiles, warnings } = await build({
    stdin: { contents: text.replace('client', CLIENT.slice(1, -1)), resolveDir: '/' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
  });
  expect(warnings).toEqual([]);
  return outputFiles[0]?.text ?? '';
}

test('it is small', async () => {
  const bytes = gzipSync(await bundled(`export * from 'client';`), { level: 9 }).length;
  console.log(`the client, bundled and gzipped: ${String(bytes)} B of ${String(BUDGET_BYTES)} B`);
  expect(bytes).toBeGreaterThan(1000);
  expect(bytes).toBeLessThanOrEqual(BUDGET_BYTES);
});

test('in a worker, which has nothing of Node, it sends again what failed, and tells what is refused', async () => {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { authorization, 'idempotency-key': once } = request.headers;
    requests.push(`${String(request.method)} ${String(request.url)} ${String(authorization)}`);
    if (requests.length === 1) request.socket.destroy();
    else if (requests.length === 2) response.writeHead(503, { 'retry-after': '0' }).end();
    else if (request.method === 'POST') response.end(JSON.stringify({ once }));
    else response.writeHead(302, { location: '/elsewhere' }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const worker = new Miniflare({
    modules: true,
    compatibilityDate: '2026-01-01',
    script: await bundled(`
      import { createClient, ProvisieError } from 'client';
      export default {
        async fetch() {
          const client = createClient({ baseUrl: 'http://127.0.0.1:${String(port)}', key: 'pv_live_1' });
          const path = { orderId: 'a b' };
          const { once } = await client.post('/v1/orders/{orderId}/completion', { path, body: {} });
          const error = await client.get('/v1/me').catch((error) => error);
          const isTold = error instanceof ProvisieError;
          return Response.json({ once: once.length, isTold, code: error.code, node: typeof process });
        },
      };`),
  });
  onTestFinished(async () => {
    await worker.dispose();
    server.close();
  });
  const answer = await worker.dispatchFetch('http://worker.example/');
  expect(await answer.json()).toEqual({
    once: 36,
    isTold: true,
    code: 'unexpected_answer',
    node: 'undefined',
  });
  const completion = 'POST /v1/orders/a%20b/completion Bearer pv_live_1';
  expect(requests).toEqual([completion, completion, completion, 'GET /v1/me Bearer pv_live_1']);
});
