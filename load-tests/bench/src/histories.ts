import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { MOST_TOUCHES_OF_VISITOR } from '@provisie/domain';
import type { Benchmark } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf, type Run } from './measurement.ts';
import { runPhases } from './side.ts';

/** A history of this length against a shorter one, by what further events cost. */
interface Lengths {
  readonly many: number;
  readonly few: number;
}

/**
 * A customer with 3,200 orders against one with 100: what a further order costs, and what it costs for each order behind
 * it that the first is refunded.
 */
export const customerHistoryBenchmark = comparing('customer-history', { many: 3200, few: 100 });

/**
 * A visitor with ten times as many clicks as an order considers against one with as many: what a further order costs,
 * and the refund of one.
 */
export const visitorHistoryBenchmark = comparing('visitor-history', {
  many: 10 * MOST_TOUCHES_OF_VISITOR,
  few: MOST_TOUCHES_OF_VISITOR,
});

function comparing(side: string, { many, few }: Lengths): Benchmark {
  return async (scale, folder) => {
    const pairs = await interleaved(scale.rounds, async (round) => ({
      ours: await phases(side, path.join(folder, `many-${round}`), many),
      limit: await phases(side, path.join(folder, `few-${round}`), few),
    }));
    return ['order', 'refund'].map((name) =>
      rowOf(
        `${side}-${name}`,
        'orders/s',
        pairs.map(({ ours, limit }) => ({
          ours: phaseOf(ours, name),
          limit: phaseOf(limit, name),
        })),
      ),
    );
  };
}

async function phases(
  side: string,
  folder: string,
  length: number,
): Promise<ReadonlyMap<string, Run>> {
  await mkdir(folder);
  return runPhases(side, [folder, String(length)]);
}

function phaseOf(phases: ReadonlyMap<string, Run>, name: string): Run {
  const run = phases.get(name);
  if (run === undefined) throw new Error(`the benchmark told nothing of ${name}`);
  return run;
}
