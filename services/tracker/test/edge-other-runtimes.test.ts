import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { beacon } from './beacons.ts';
import { openEdgeOrigin, until } from './edge-origin.ts';
import { bindingsFor, workerBundle } from './edge-worker.ts';
import { CHROME } from './tracked-shop.ts';

function isInstalled(program: string): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.some((folder) => existsSync(join(folder, program)));
}

async function freePort(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<number>();
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => {
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return promise;
}

/** The bundle, served by another runtime on the loopback. */
async function serveBy(
  program: string,
  args: (file: string, port: number) => string[],
  url: string,
) {
  const folder = await mkdtemp(join(tmpdir(), 'provisie-edge-'));
  const file = join(folder, 'worker.js');
  await writeFile(file, (await workerBundle()).code);
  const port = await freePort();
  const child = spawn(program, args(file, port), {
    env: { ...process.env, ...bindingsFor({ url }), PORT: String(port), HOST: '127.0.0.1' },
    stdio: 'ignore',
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const at = `http://127.0.0.1:${String(port)}`;
  const get = (path: string) =>
    fetch(at + path, { redirect: 'manual', headers: { 'user-agent': CHROME } });
  await until(async () => (await get('/t.js').catch(() => null))?.status === 200);
  return {
    get,
    post: (body: unknown) =>
      fetch(`${at}/t`, {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'user-agent': CHROME,
          'content-type': 'text/plain',
          origin: 'https://www.shop.nl',
        },
      }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

describe.each([
  [
    'deno',
    (file: string, port: number) => [
      'serve',
      '--quiet',
      '--no-config',
      '--allow-env',
      '--allow-net',
      '--host=127.0.0.1',
      `--port=${String(port)}`,
      file,
    ],
  ],
  ['bun', (file: string) => ['run', file]],
])('the worker on %s', (program, args) => {
  test.skipIf(!isInstalled(program))('redirects, records and serves the snippet', async () => {
    await using origin = await openEdgeOrigin();
    await using runtime = await serveBy(program, args, origin.url);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => runtime.get('/r/woonblog')));
    const given = answers.map((answer) =>
      new URL(answer.headers.get('location') ?? '').searchParams.get('click_id'),
    );
    const recorded = (await origin.touches()).map(({ id }) => id);
    expect(new Set(recorded)).toEqual(new Set(given));
    expect(recorded).toHaveLength(5);
    expect((await origin.touches())[0]?.data).toHaveProperty('ipHash');
    expect((await runtime.post(beacon({ type: 'coupon', code: 'A1' }))).status).toBe(204);
    expect(await origin.touches()).toHaveLength(6);
    expect((await runtime.get('/r/geen')).status).toBe(404);
    await origin.stop();
    const late = await runtime.get('/r/woonblog');
    expect([late.status, late.headers.get('location')]).toEqual([
      302,
      'https://www.shop.nl/aanbod?kleur=rood#top',
    ]);
    await origin.start();
    await until(async () => (await origin.touches()).length === 7);
  });
});
