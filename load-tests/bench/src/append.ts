import path from 'node:path';
import type { Benchmark, Scale } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf, type Row } from './measurement.ts';
import { runSide } from './side.ts';

/** How events are appended, and how many of them a commit of the limit holds. */
interface Load {
  readonly name: string;
  readonly writers: number;
  readonly eventsPerAppend: number;
  readonly eventsPerCommit: number;
  /** Of the events of a run: one event in every commit takes long. */
  readonly share: number;
}

const single = (writers: number, share: number): Load => ({
  name: `append-${String(writers)}`,
  writers,
  eventsPerAppend: 1,
  eventsPerCommit: writers,
  share,
});

const APPEND: Load = { ...single(64, 1), name: 'append' };
const OTHER_WRITERS = [single(1, 0.05), single(16, 0.3), single(256, 1)];
const BATCH: Load = {
  name: 'append-batch',
  writers: 2,
  eventsPerAppend: 256,
  eventsPerCommit: 512,
  share: 1,
};

/** Single events from concurrent writers, against bare inserts into SQLite with as many in a commit as there are writers. */
export const appendBenchmark: Benchmark = async (scale, folder) => {
  const rows: Row[] = [];
  for (const load of [APPEND, ...OTHER_WRITERS]) rows.push(await rowFor(load, scale, folder));
  return rows;
};

/** A few hundred events in an append, as the tracker's recorder makes them, against bare commits of 512. */
export const appendBatchBenchmark: Benchmark = async (scale, folder) => [
  await rowFor(BATCH, scale, folder),
];

async function rowFor(load: Load, scale: Scale, folder: string): Promise<Row> {
  const count = String(Math.ceil(scale.events * load.share));
  const { name, writers, eventsPerAppend, eventsPerCommit } = load;
  const pairs = await interleaved(scale.rounds, async (round) => {
    const file = (side: string) => path.join(folder, `${name}-${side}-${String(round)}.sqlite`);
    const shape = [String(writers), String(eventsPerAppend)];
    return {
      ours: await runSide('append-store', [file('store'), count, ...shape]),
      limit: await runSide('append-bare', [file('bare'), count, String(eventsPerCommit)]),
    };
  });
  return rowOf(name, 'events/s', pairs);
}
