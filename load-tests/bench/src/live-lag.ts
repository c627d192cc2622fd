import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Benchmark } from './benchmark.ts';
import { median, percentile, type Row } from './measurement.ts';

const EVENTS_PER_SECOND = 5000;
const MOST_MS = 250;
/** Not looked at: until then the service is warming up. */
const WARM_UP_MS = 2000;
const ASK_EVERY_MS = 10;

const readySchema = z.object({ url: z.url(), key: z.string(), link: z.string() });
const loadSchema = z.object({
  acknowledgedAt: z.array(z.number().nullable()),
  clicks: z.int(),
  orders: z.int(),
  refused: z.int(),
  seconds: z.number(),
  position: z.int(),
});
const doneSchema = z.object({ peakRssMb: z.number() });

/**
 * How long after a click was acknowledged the API shows it, while the standalone service takes 5,000 events a second.
 * Its value is the 99th percentile in milliseconds and its limit what was promised, so a ratio below 1 is better.
 */
export const liveLagBenchmark: Benchmark = async (scale, folder) => {
  const runs: LiveRun[] = [];
  for (let round = 0; round < scale.rounds; round += 1) {
    runs.push(await liveRun(path.join(folder, `live-${round}`), scale.seconds));
  }
  return [rowOf(runs)];
};

interface LiveRun {
  readonly p50: number;
  readonly p99: number;
  readonly seconds: number;
  readonly peakRssMb: number;
}

function rowOf(runs: readonly LiveRun[]): Row {
  const value = median(runs.map(({ p99 }) => p99));
  return {
    name: 'live-lag',
    value,
    unit: 'ms',
    limit: MOST_MS,
    ratio: value / MOST_MS,
    p50: median(runs.map(({ p50 }) => p50)),
    p99: value,
    peakRssMb: Math.max(...runs.map(({ peakRssMb }) => peakRssMb)),
    startRssMb: null,
    heapMb: null,
    seconds: median(runs.map(({ seconds }) => seconds)),
    growth: null,
  };
}

async function liveRun(folder: string, seconds: number): Promise<LiveRun> {
  const file = fileURLToPath(new URL('sides/live-service.ts', import.meta.url));
  const args = [file, folder, String(seconds + WARM_UP_MS / 1000), String(EVENTS_PER_SECOND)];
  const service = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => service.once('close', resolve));
  const lines = createInterface({ input: service.stdout })[Symbol.asyncIterator]();
  try {
    const { url, key, link } = readySchema.parse(await nextLine(lines));
    const api = new Api(url, key);
    const watching = new Watching(api, link);
    const load = loadSchema.parse(await nextLine(lines));
    const counts = await watching.until(load.acknowledgedAt.length);
    await expectEachOnce(api, load);
    service.stdin.end();
    const { peakRssMb } = doneSchema.parse(await nextLine(lines));
    return { ...lagOf(load.acknowledgedAt, counts), seconds: load.seconds, peakRssMb };
  } finally {
    service.stdin.end();
    await ended;
  }
}

async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('the service ended before it said anything');
  return JSON.parse(line.value);
}

const performanceSchema = z.object({
  rows: z.array(z.object({ partnerId: z.string().nullable(), clicks: z.int(), orders: z.int() })),
});

class Api {
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(url: string, key: string) {
    this.#url = url;
    this.#headers = { authorization: `Bearer ${key}` };
  }

  async performance(query: string) {
    const response = await fetch(`${this.#url}/v1/performance?${query}`, {
      headers: this.#headers,
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return performanceSchema.parse(await response.json()).rows;
  }
}

interface Shown {
  readonly clicks: number;
  readonly at: number;
}

/** Asks again and again how many clicks the partner has; it is named as its link is. */
class Watching {
  readonly #api: Api;
  readonly #partnerId: string;
  readonly #shown: Shown[] = [];
  readonly #watching: Promise<void>;
  #expected = Number.POSITIVE_INFINITY;

  constructor(api: Api, partnerId: string) {
    this.#api = api;
    this.#partnerId = partnerId;
    this.#watching = this.#watch();
  }

  async until(clicks: number): Promise<readonly Shown[]> {
    this.#expected = clicks;
    await this.#watching;
    return this.#shown;
  }

  async #watch(): Promise<void> {
    for (let clicks = 0; clicks < this.#expected;) {
      const [row] = await this.#api.performance(`partnerId=${this.#partnerId}`);
      clicks = row?.clicks ?? 0;
      this.#shown.push({ clicks, at: Date.now() });
      await setTimeout(ASK_EVERY_MS);
    }
  }
}

/** What was acknowledged counts once and no more. */
async function expectEachOnce(
  api: Api,
  { position, clicks, orders, refused }: z.infer<typeof loadSchema>,
): Promise<void> {
  if (refused > 0) throw new Error(`${refused} clicks were not recorded`);
  const rows = await api.performance(`groupBy=partner&waitFor=${position}`);
  const shown = rows.reduce((sum, row) => sum + row.clicks, 0);
  const awarded = rows.reduce((sum, row) => sum + row.orders, 0);
  if (shown === clicks && awarded === orders) return;
  throw new Error(`${clicks} clicks and ${orders} orders show as ${shown} and ${awarded}`);
}

function lagOf(
  acknowledgedAt: readonly (number | null)[],
  shown: readonly Shown[],
): { readonly p50: number; readonly p99: number } {
  const begun = acknowledgedAt[0] ?? 0;
  const lags: number[] = [];
  let next = 0;
  for (const [index, at] of acknowledgedAt.entries()) {
    while ((shown[next]?.clicks ?? Number.POSITIVE_INFINITY) <= index) next += 1;
    const answer = shown[next];
    if (at === null || answer === undefined) throw new Error(`click ${index} never showed`);
    if (at - begun > WARM_UP_MS) lags.push(Math.max(0, answer.at - at));
  }
  const sample = Float64Array.from(lags);
  return { p50: percentile(sample, 0.5) ?? 0, p99: percentile(sample, 0.99) ?? 0 };
}
