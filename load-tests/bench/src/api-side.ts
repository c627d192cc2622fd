import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { percentile, type Run } from './measurement.ts';

const readySchema = z.object({ url: z.url(), adminKey: z.string(), partnerKey: z.string() });
const doneSchema = z.object({ startRssMb: z.number(), peakRssMb: z.number(), heapMb: z.number() });
type Ready = z.infer<typeof readySchema>;

export type AskedAs = 'admin' | 'partner';

/** One side of a row: how its server is started, and what is asked of it in turn. */
export interface ApiSide {
  readonly args: readonly string[];
  readonly paths: readonly string[];
  readonly as: AskedAs;
}

/** Requests that one row of the benchmark measures together. */
export interface NamedRequests {
  readonly name: string;
  readonly as: AskedAs;
  readonly asked: readonly string[];
}

/** The paths of the same answers in the bare app. */
export function apiLimitOf(asked: readonly string[]): readonly string[] {
  return asked.map((place) => `/${encodeURIComponent(place)}`);
}

/** Every answer by its path; one that isn't 200 is an error. */
export async function askAll(
  args: readonly string[],
  requests: readonly NamedRequests[],
): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>();
  await withServer(args, async (ready) => {
    for (const { asked, as } of requests) {
      for (const place of asked) {
        const response = await fetch(`${ready.url}${place}`, { headers: headersOf(ready, as) });
        const body = await response.text();
        if (response.status !== 200) throw new Error(`${place}: ${response.status} ${body}`);
        answers.set(place, body);
      }
    }
  });
  return answers;
}

/** Asks one thing after the other: what a request takes, and not what it waits for others. Half as long to warm up. */
export async function apiUnderLoad({ args, paths, as }: ApiSide, seconds: number): Promise<Run> {
  const [run, memory] = await withServer(args, async (ready) => {
    await load(ready, paths, as, seconds / 2);
    return load(ready, paths, as, seconds);
  });
  return { ...run, ...memory };
}

async function load(ready: Ready, paths: readonly string[], as: AskedAs, seconds: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = headersOf(ready, as);
  const latencies: number[] = [];
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1000;
  let now = startedAt;
  try {
    for (let count = 0; now < endsAt; count += 1) {
      await ask(`${ready.url}${paths[count % paths.length] ?? ''}`, headers, agent);
      const answeredAt = performance.now();
      latencies.push(answeredAt - now);
      now = answeredAt;
    }
  } finally {
    agent.destroy();
  }
  const sample = Float64Array.from(latencies);
  return {
    operations: latencies.length,
    seconds: (now - startedAt) / 1000,
    p50: percentile(sample, 0.5),
    p99: percentile(sample, 0.99),
  };
}

/** Resolves when the whole answer is there. */
async function ask(url: string, headers: Record<string, string>, agent: Agent): Promise<void> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    get(url, { headers, agent }, resolve).once('error', reject);
  });
  response.resume();
  await once(response, 'end');
  if (response.statusCode !== 200) {
    throw new Error(`${url} was answered with ${String(response.statusCode)}`);
  }
}

function headersOf({ adminKey, partnerKey }: Ready, as: AskedAs): Record<string, string> {
  return { authorization: `Bearer ${as === 'admin' ? adminKey : partnerKey}` };
}

/** Starts `sides/api-server.ts` as a process of its own, which tells its memory when it ends. */
async function withServer<Result>(
  args: readonly string[],
  work: (ready: Ready) => Promise<Result>,
): Promise<readonly [Result, z.infer<typeof doneSchema>]> {
  const file = fileURLToPath(new URL('sides/api-server.ts', import.meta.url));
  const server = spawn(process.execPath, ['--expose-gc', file, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => server.once('close', resolve));
  try {
    const result = await work(readySchema.parse(await nextLine(lines)));
    server.stdin.end();
    return [result, doneSchema.parse(await nextLine(lines))];
  } finally {
    server.stdin.end();
    await ended;
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('the server ended before it said anything');
  return JSON.parse(line.value);
}
