import { mkdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { totalOf, weighFolder } from './file-weights.ts';
import type { GrowthFigures } from './growth-figures.ts';
import { rowOf } from './measurement.ts';
import type { Row, Run } from './measurement.ts';
import { runPhases } from './side.ts';
import { contentOf } from './synthetic-log.ts';

const FIGURES = path.resolve(
  import.meta.dirname,
  '../../../docs/explanation/performance/growth.json',
);
const PHASES = ['append', 'read-all', 'rebuild', 'record'] as const;

interface Grown {
  readonly events: number;
  readonly runs: ReadonlyMap<string, Run>;
  readonly weights: ReturnType<typeof weighFolder>;
}

/**
 * The same work on logs of ten times the size, and what they weigh. A row's limit is the smallest log's figure, so
 * that a ratio of 1 is flat. Unless it is a smoke run, the figures are kept for `draw-growth.ts`.
 */
export const growthBenchmark: Benchmark = async ({ largest, isSmoke }, folder) => {
  const steps = isSmoke ? [2000] : [100_000, 1_000_000, 10_000_000];
  const sizes = [...steps.filter((events) => events < largest), largest];
  const grown: Grown[] = [];
  for (const events of sizes) {
    process.stderr.write(`growth: ${events.toLocaleString('en')} events\n`);
    grown.push(await grow(folder, events, true));
  }
  const [smallest] = grown;
  if (smallest === undefined) throw new Error('growth needs a size');
  const clicksOnly = await grow(folder, smallest.events, false);
  if (!isSmoke) await keep(figuresOf(grown, smallest, clicksOnly));
  return grown.flatMap((one) => PHASES.map((phase) => growthRow(phase, one, smallest)));
};

async function grow(folder: string, events: number, withOrders: boolean): Promise<Grown> {
  const place = path.join(folder, `${events}-${withOrders}`);
  await mkdir(place, { recursive: true });
  const runs = await runPhases('grow', [place, String(events), String(withOrders)]);
  const weights = weighFolder(place);
  await rm(place, { recursive: true, force: true });
  return { events, runs, weights };
}

function growthRow(phase: string, { events, runs }: Grown, smallest: Grown): Row {
  const pair = { ours: runOf(runs, phase), limit: runOf(smallest.runs, phase) };
  return rowOf(`growth-${phase}-${events}`, 'events/s', [pair]);
}

function figuresOf(grown: readonly Grown[], smallest: Grown, clicksOnly: Grown): GrowthFigures {
  const { clicks, orders } = contentOf(smallest.events);
  const mixed = bytesOf(smallest);
  const alone = bytesOf(clicksOnly);
  return {
    machine: `${os.availableParallelism()} cores, Node ${process.versions.node.split('.')[0] ?? ''}`,
    sizes: grown.map((one) => ({
      events: one.events,
      ...contentOf(one.events),
      recorded: runOf(one.runs, 'record').operations,
      microseconds: Object.fromEntries(
        PHASES.map((phase) => [phase, microsecondsOf(runOf(one.runs, phase))]),
      ),
      rebuildPeakRssMb: runOf(one.runs, 'rebuild').peakRssMb,
      ...one.weights,
    })),
    perTouch: {
      log: alone.log / (clicks + runOf(clicksOnly.runs, 'record').operations),
      readModel: alone.readModel / clicks,
    },
    perOrder: {
      log: (mixed.log - alone.log) / orders,
      readModel: (mixed.readModel - alone.readModel) / orders,
    },
  };
}

function bytesOf({ weights }: Grown) {
  return { log: totalOf(weights.log), readModel: totalOf(weights.readModel) };
}

function microsecondsOf({ operations, seconds }: Run): number {
  return (seconds / operations) * 1e6;
}

function runOf(runs: ReadonlyMap<string, Run>, phase: string): Run {
  const run = runs.get(phase);
  if (run === undefined) throw new Error(`growth did not measure ${phase}`);
  return run;
}

async function keep(figures: GrowthFigures): Promise<void> {
  await mkdir(path.dirname(FIGURES), { recursive: true });
  await writeFile(FIGURES, `${JSON.stringify(figures, null, 2)}\n`);
}
