import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { z } from 'zod';
import type { Run } from './measurement.ts';

const CONNECTIONS = 64;
const WARM_UP_SECONDS = 1;

const readySchema = z.object({ url: z.url() });
/** `recorded` is null on a side that records nothing. */
const doneSchema = z.object({ recorded: z.int().nullable(), peakRssMb: z.number() });

/**
 * Starts `sides/redirect-server.ts` as a process of its own and sends it clicks over 64 connections. When the
 * load is over the server says how many clicks its log holds: as many as it was asked to answer with a 302.
 */
export async function underLoad(args: readonly string[], seconds: number): Promise<Run> {
  const file = fileURLToPath(new URL('sides/redirect-server.ts', import.meta.url));
  const server = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => server.once('close', resolve));
  try {
    const { url } = readySchema.parse(await nextLine(lines));
    const warmUp = await load(url, WARM_UP_SECONDS);
    const result = await load(url, seconds);
    server.stdin.end();
    const { recorded, peakRssMb } = doneSchema.parse(await nextLine(lines));
    const answered = warmUp['3xx'] + result['3xx'];
    // Requests that were under way when the load ended may be in the log without having been counted.
    const underWay = 2 * CONNECTIONS;
    if (recorded !== null && (recorded < answered || recorded > answered + underWay)) {
      throw new Error(`${answered} clicks were answered, but ${recorded} are in the log`);
    }
    return {
      operations: result['3xx'],
      seconds: result.duration,
      p50: result.latency.p50,
      p99: result.latency.p99,
      peakRssMb,
      startRssMb: null,
      heapMb: null,
    };
  } finally {
    server.stdin.end();
    await ended;
  }
}

async function load(url: string, seconds: number) {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    headers: {
      'user-agent':
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      accept: 'text/html',
    },
  });
  const others = result.non2xx - result['3xx'];
  if (result.errors > 0 || others > 0 || result['2xx'] > 0) {
    throw new Error(`${result.errors} errors and ${others} answers other than a redirect`);
  }
  return result;
}

async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('the redirect server ended before it said anything');
  return JSON.parse(line.value);
}
