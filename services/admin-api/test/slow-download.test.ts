import { once } from 'node:events';
import { connect } from 'node:net';
import { OpenAPIHono } from '@hono/zod-openapi';
import type { HttpEnv } from '@provisie/http';
import { listen } from '@provisie/process';
import { expect, onTestFinished, test } from 'vitest';
import { download } from '../src/payouts/files-endpoints.ts';

const PIECE = 'x'.repeat(65_536);
/** What the sockets of both ends and the stream between take, and far less than a server that reads ahead would. */
const MOST_PIECES = 512;
const PATIENCE = { timeout: 20_000 };

test('a file is made no faster than its reader takes it, and no further once the reader is gone', async () => {
  const file = { made: 0, isGivenUp: false };
  async function* endless() {
    try {
      for (;;) {
        file.made += 1;
        yield PIECE;
      }
    } finally {
      file.isGivenUp = true;
    }
  }
  const app = new OpenAPIHono<HttpEnv>();
  app.get('/endless.csv', (c) => download(c, 'text/csv', 'endless.csv', endless()));
  const door = await listen({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => door.close(0));
  door.open((request, env) => app.fetch(request, env));

  const { port, hostname } = new URL(door.url);
  const reader = connect(Number(port), hostname);
  reader.pause();
  reader.write(`GET /endless.csv HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  await once(reader, 'connect');
  await standsStill(() => file.made);
  expect(file.made).toBeLessThan(MOST_PIECES);

  const before = file.made;
  reader.resume();
  await expect.poll(() => file.made, PATIENCE).toBeGreaterThan(before + MOST_PIECES);
  reader.destroy();
  await expect.poll(() => file.isGivenUp, PATIENCE).toBe(true);
}, 60_000);

/** Resolves when it began and is the same as a moment before. */
async function standsStill(count: () => number): Promise<void> {
  let known = 0;
  const isSame = () => {
    const [before, now] = [known, count()];
    known = now;
    return now > 0 && now === before;
  };
  await expect.poll(isSame, { ...PATIENCE, interval: 200 }).toBe(true);
}
