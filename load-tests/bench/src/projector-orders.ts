import path from 'node:path';
import { readModelFile } from '@provisie/read-model';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf, type Run } from './measurement.ts';
import { runPhases, runSide } from './side.ts';

/** One click before each order: what an order costs stands out. */
const CLICKS_PER_ORDER = '1';

/** Orders through all projections into a file, against a bare insert of the rows that come of them. */
export const projectorOrdersBenchmark: Benchmark = async (scale, folder) => {
  const log = path.join(folder, 'events.sqlite');
  await runSide('write-log', [log, String(scale.events), CLICKS_PER_ORDER]);
  const pairs = await interleaved(scale.rounds, async (round) => {
    const built = path.join(folder, `round-${round}`);
    const bare = path.join(folder, `bare-${round}.sqlite`);
    return {
      ours: await runSide('project-orders', [log, built]),
      limit: await runSide('insert-rows', [readModelFile(built), bare]),
    };
  });
  return [rowOf('projector-orders', 'orders/s', pairs)];
};

/**
 * The same into a PostgreSQL that is started for it, against the rows inserted by a client that does nothing else.
 * Without a row where there is no PostgreSQL.
 */
export const projectorOrdersPostgresBenchmark: Benchmark = async (scale, folder) => {
  const log = path.join(folder, 'events.sqlite');
  await runSide('write-log', [log, String(scale.events), CLICKS_PER_ORDER]);
  const built = path.join(folder, 'on-sqlite');
  await runSide('project-orders', [log, built]);
  const pairs: { readonly ours: Run; readonly limit: Run }[] = [];
  for (let round = 0; round < scale.rounds; round += 1) {
    const runs = await runPhases('project-orders-postgres', [log, readModelFile(built)]);
    const [ours, limit] = [runs.get('ours'), runs.get('limit')];
    if (ours === undefined || limit === undefined) return [];
    pairs.push({ ours, limit });
  }
  return [rowOf('projector-orders-postgres', 'orders/s', pairs)];
};
