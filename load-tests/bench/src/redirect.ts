import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import { underLoad } from './under-load.ts';

/** Redirects with the click on disk before the 302, against the same app answering without recording. */
export const redirectBenchmark: Benchmark = async (scale, folder) => {
  const pairs = await interleaved(scale.rounds, async (round) => ({
    ours: await underLoad(['durable', folder, String(round)], scale.seconds),
    limit: await underLoad(['unrecorded', folder, String(round)], scale.seconds),
  }));
  return [rowOf('redirect-durable', 'redirects/s', pairs)];
};
