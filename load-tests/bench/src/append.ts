import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import { runSide } from './side.ts';

/** Single events from 64 concurrent writers, against bare inserts into SQLite in commits of 64. */
export const appendBenchmark: Benchmark = async (scale, folder) => {
  const pairs = await interleaved(scale.rounds, async (round) => {
    const file = (side: string) => path.join(folder, `${side}-${round}.sqlite`);
    const count = String(scale.events);
    return {
      ours: await runSide('append-store', [file('store'), count]),
      limit: await runSide('append-bare', [file('bare'), count]),
    };
  });
  return [rowOf('append', 'events/s', pairs)];
};
