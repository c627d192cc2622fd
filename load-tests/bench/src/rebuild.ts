import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf, type Run } from './measurement.ts';
import { runSide } from './side.ts';

/** All projections built from a log, against scanning the same file and parsing each event's JSON. */
export const rebuildBenchmark: Benchmark = async (scale, folder) => {
  const log = await writeLog(folder, scale.logEvents);
  const pairs = await interleaved(scale.rounds, async (round) => ({
    ours: await rebuild(log, path.join(folder, `round-${round}`), scale.logEvents),
    limit: await runSide('scan-and-parse', [log]),
  }));
  return [rowOf('rebuild', 'events/s', pairs)];
};

const TIMES = 10;

/**
 * The same of a log of ten times as many events, against that of the shorter one: the ratio is what an event costs in
 * the shorter log of what it costs in the longer one, and `growth` compares their memory.
 */
export const rebuildGrowthBenchmark: Benchmark = async (scale, folder) => {
  const events = scale.logEvents;
  const short = await writeLog(path.join(folder, 'short'), events);
  const long = await writeLog(path.join(folder, 'long'), TIMES * events);
  const rounds = Math.min(scale.rounds, MOST_ROUNDS);
  const pairs = await interleaved(rounds, async (round) => ({
    limit: await rebuild(short, path.join(folder, `short-${round}`), events),
    ours: await rebuild(long, path.join(folder, `long-${round}`), TIMES * events),
  }));
  return [
    rowOf(
      'rebuild-10m',
      'events/s',
      pairs,
      pairs.map(({ limit }) => limit),
    ),
  ];
};

/** Minutes each. */
const MOST_ROUNDS = 2;

async function writeLog(folder: string, events: number): Promise<string> {
  const log = path.join(folder, 'events.sqlite');
  await mkdir(folder, { recursive: true });
  await runSide('write-log', [log, String(events)]);
  return log;
}

/** What it made of the log is checked, and then taken away. */
async function rebuild(log: string, folder: string, events: number): Promise<Run> {
  const run = await runSide('rebuild-read-model', [log, folder, String(events)]);
  await rm(folder, { recursive: true });
  return run;
}
