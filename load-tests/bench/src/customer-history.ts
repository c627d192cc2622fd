import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf, type Run } from './measurement.ts';
import { runPhases } from './side.ts';

const MANY = 3200;
const FEW = 100;

/**
 * A customer with 3,200 orders against one with 100: what a further order costs, and what it costs for each order behind
 * it that the first is refunded.
 */
export const customerHistoryBenchmark: Benchmark = async (scale, folder) => {
  const pairs = await interleaved(scale.rounds, async (round) => ({
    ours: await phases(path.join(folder, `many-${round}`), MANY),
    limit: await phases(path.join(folder, `few-${round}`), FEW),
  }));
  return ['order', 'refund'].map((name) =>
    rowOf(
      `customer-history-${name}`,
      'orders/s',
      pairs.map(({ ours, limit }) => ({ ours: phaseOf(ours, name), limit: phaseOf(limit, name) })),
    ),
  );
};

async function phases(folder: string, orders: number): Promise<ReadonlyMap<string, Run>> {
  await mkdir(folder);
  return runPhases('customer-history', [folder, String(orders)]);
}

function phaseOf(phases: ReadonlyMap<string, Run>, name: string): Run {
  const run = phases.get(name);
  if (run === undefined) throw new Error(`customer-history told nothing of ${name}`);
  return run;
}
