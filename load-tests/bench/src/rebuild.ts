import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import { runSide } from './side.ts';

/** All projections built from a log, against scanning the same file and parsing each event's JSON. */
export const rebuildBenchmark: Benchmark = async (scale, folder) => {
  const log = path.join(folder, 'events.sqlite');
  await runSide('write-log', [log, String(scale.events)]);
  const pairs = await interleaved(scale.rounds, async (round) => ({
    ours: await runSide('rebuild-read-model', [log, path.join(folder, `round-${round}`)]),
    limit: await runSide('scan-and-parse', [log]),
  }));
  return [rowOf('rebuild', 'events/s', pairs)];
};
