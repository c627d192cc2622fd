import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readModelFile } from '@provisie/read-model';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf, type Run } from './measurement.ts';
import { runSide } from './side.ts';

/**
 * All projections built from a log, against scanning the same file and parsing each event's JSON; and against what SQLite
 * takes to copy what was built.
 */
export const rebuildBenchmark: Benchmark = async (scale, folder) => {
  const log = await writeLog(folder, scale.logEvents);
  const copies: Run[] = [];
  const pairs = await interleaved(scale.rounds, async (round) => {
    const built = path.join(folder, `round-${round}`);
    const ours = await rebuild(log, built, scale.logEvents);
    copies.push(await copy(built, ours.operations));
    await rm(built, { recursive: true });
    return { ours, limit: await runSide('scan-and-parse', [log]) };
  });
  const copied = pairs.flatMap(({ ours }, round) => {
    const limit = copies[round];
    return limit === undefined ? [] : [{ ours, limit }];
  });
  return [rowOf('rebuild', 'events/s', pairs), rowOf('rebuild-copy', 'events/s', copied)];
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
  const side = async (log: string, name: string, many: number) => {
    const built = path.join(folder, name);
    const run = await rebuild(log, built, many);
    await rm(built, { recursive: true });
    return run;
  };
  const pairs = await interleaved(rounds, async (round) => ({
    limit: await side(short, `short-${round}`, events),
    ours: await side(long, `long-${round}`, TIMES * events),
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

/** What it made of the log is checked. */
function rebuild(log: string, folder: string, events: number): Promise<Run> {
  return runSide('rebuild-read-model', [log, folder, String(events)]);
}

function copy(folder: string, events: number): Promise<Run> {
  const copied = path.join(folder, 'copy.sqlite');
  return runSide('copy-read-model', [readModelFile(folder), copied, String(events)]);
}
