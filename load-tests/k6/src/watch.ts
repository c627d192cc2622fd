import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';

/** How a system was at a moment. */
export interface Sample {
  /** UTC milliseconds. */
  readonly at: number;
  /** The values of the metrics without labels, without `provisie_`; null when they couldn't be read. */
  readonly metrics: Readonly<Record<string, number>> | null;
  /** Processor seconds that each process has used; empty where that can't be seen. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
  /** What `/readyz` answered. */
  readonly readiness: { readonly status: number; readonly page: unknown } | null;
}

export interface Watched {
  readonly url: string;
  /** Process ids by their names. */
  readonly processes: Readonly<Record<string, number>>;
  readonly everyMs: number;
}

/** Disposing of it stops it. */
export interface Watch extends Disposable {
  readonly samples: readonly Sample[];
  /** Takes one more sample now. */
  look(): Promise<Sample>;
  /** Stops looking, and keeps the samples as a line of JSON each. */
  keepIn(file: string): Promise<void>;
}

/** Looks at `/metrics`, `/readyz` and the processes again and again, beside the load. */
export function watch({ url, processes, everyMs }: Watched): Watch {
  const samples: Sample[] = [];
  let underWay: Promise<Sample> | null = null;
  const look = async () => {
    const [metrics, readiness] = await Promise.all([readMetrics(url), readReadiness(url)]);
    const cpuSeconds: Record<string, number> = {};
    for (const [name, pid] of Object.entries(processes)) {
      const seconds = cpuSecondsOf(pid);
      if (seconds !== null) cpuSeconds[name] = seconds;
    }
    const sample = { at: Date.now(), metrics, cpuSeconds, readiness };
    samples.push(sample);
    return sample;
  };
  const timer = setInterval(() => {
    underWay ??= look().finally(() => {
      underWay = null;
    });
  }, everyMs);
  return {
    samples,
    look,
    async keepIn(file) {
      clearInterval(timer);
      await underWay;
      await writeFile(file, samples.map((sample) => `${JSON.stringify(sample)}\n`).join(''));
    },
    [Symbol.dispose]() {
      clearInterval(timer);
    },
  };
}

const PATIENCE_MS = 10_000;

export async function readMetrics(url: string): Promise<Record<string, number> | null> {
  try {
    const response = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    const text = await response.text();
    const rows = text.matchAll(/^provisie_(\w+) ([\d.e+-]+)$/gm);
    const metrics: Record<string, number> = {};
    for (const [, name = '', value] of rows) metrics[name] = Number(value);
    return response.ok ? metrics : null;
  } catch {
    return null;
  }
}

export async function readReadiness(url: string): Promise<Sample['readiness']> {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    return { status: response.status, page: await response.json() };
  } catch {
    return null;
  }
}

const TICKS_PER_SECOND = 100;

/** User and system time, from Linux's `/proc`; null elsewhere, and when it has ended. */
function cpuSecondsOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
    // The name, in brackets, may hold spaces.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
