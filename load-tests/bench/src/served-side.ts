import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { peakRssMb } from './measurement.ts';

/** What is still to do when no request comes any more: how many touches its log holds; null where it has none. */
type Finish = () => Promise<number | null>;

/**
 * Serves on a free port until the input of this process ends. Prints `{"port":…}` when it listens, and
 * `{"recorded":…,"peakRssMb":…}` at the end; between them, at each line of input, `{"rssMb":…}`.
 */
export async function serveUntilInputEnds(
  listener: RequestListener,
  finish: Finish,
): Promise<void> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  console.log(JSON.stringify({ port: address.port }));
  process.stdin.on('data', () => {
    console.log(JSON.stringify({ rssMb: Math.round(process.memoryUsage.rss() / 1024 ** 2) }));
  });
  await once(process.stdin, 'end');
  server.close();
  await once(server, 'close');
  const recorded = await finish();
  console.log(JSON.stringify({ recorded, peakRssMb: peakRssMb() }));
}
