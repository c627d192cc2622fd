import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listenAll } from './listen-all.ts';

async function listeningServer(port = 0) {
  const server = createServer((_, response) => response.end('here'));
  const listening = await listenAll(server, { host: '127.0.0.1', port });
  onTestFinished(() => {
    server.closeAllConnections();
    return listening.close();
  });
  return { server, port: listening.port };
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

test.skipIf(process.platform !== 'linux')(
  'many newcomers are let in within few turns of the loop',
  async () => {
    const { server, port } = await listeningServer();
    const newcomers = 64;
    let letIn = 0;
    server.on('connection', () => (letIn += 1));
    const visitors = Array.from({ length: newcomers }, () => connect(port, '127.0.0.1'));
    onTestFinished(() => visitors.forEach((visitor) => visitor.destroy()));
    const inEachTurn: number[] = [];
    while (sum(inEachTurn) < newcomers) {
      const before = letIn;
      await nextTurn();
      if (letIn > before) inEachTurn.push(letIn - before);
    }
    // One socket would take a turn for each of them.
    expect(inEachTurn.length).toBeLessThan(newcomers / 2);
  },
);

test('every connection is answered, whichever socket lets it in', async () => {
  const { port } = await listeningServer();
  const ask = async () => {
    const headers = { connection: 'close' };
    return (await fetch(`http://127.0.0.1:${String(port)}/`, { headers })).text();
  };
  const answers = await Promise.all(Array.from({ length: 40 }, ask));
  expect(new Set(answers)).toEqual(new Set(['here']));
});

test('a port that is taken is not shared, not even with one of ours', async () => {
  const { port } = await listeningServer();
  await expect(listenAll(createServer(), { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});

test('closing lets nobody in and waits for who is in', async () => {
  const server = createServer();
  const { promise: asked, resolve } = Promise.withResolvers<() => void>();
  server.on('request', (_, response) => resolve(() => response.end('late')));
  const listening = await listenAll(server, { host: '127.0.0.1', port: 0 });
  const url = `http://127.0.0.1:${String(listening.port)}/`;
  const answer = fetch(url, { headers: { connection: 'close' } }).then((response) =>
    response.text(),
  );
  const respond = await asked;
  let isClosed = false;
  const closed = listening.close().then(() => (isClosed = true));
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(isClosed).toBe(false);
  respond();
  expect(await answer).toBe('late');
  await closed;
});
