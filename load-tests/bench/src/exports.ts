import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { rowOf } from './measurement.ts';
import { runPhases } from './side.ts';
import { expectedCommissions } from './trade/expected-sums.ts';
import { filledTrade, shapeOf } from './trade/filled-trade.ts';
import type { TradeShape } from './trade/trade-shape.ts';

/** The listings that exports stream, page by page. */
const EXPORTS = ['export-commissions', 'export-journal', 'export-decisions'] as const;

/**
 * Whole exports written as files are, and the same of a tenth of the weeks, to hold the memory against. The limit reads
 * the bare rows of the same tables.
 */
export const exportsBenchmark: Benchmark = async (scale, folder) => {
  const shape = shapeOf(scale);
  const trade = await filledTrade(scale, folder, shape);
  const small = { ...shape, weeks: Math.max(8, Math.floor(shape.weeks / 10)) };
  const tenth = path.join(folder, 'tenth');
  await mkdir(tenth);
  await filledTrade({ ...scale, isSmoke: true }, tenth, small);
  const ofTenth = await exported('ours', path.join(tenth, 'trade'), small);
  const rounds: { readonly ours: Phases; readonly limit: Phases }[] = [];
  for (let round = 0; round < scale.rounds; round += 1) {
    rounds.push({
      ours: await exported('ours', trade, shape),
      limit: await exported('bare', trade, shape),
    });
  }
  return EXPORTS.map((name) =>
    rowOf(
      name,
      'rows/s',
      rounds.map(({ ours, limit }) => ({ ours: named(ours, name), limit: named(limit, name) })),
      [named(ofTenth, name)],
    ),
  );
};

type Phases = Awaited<ReturnType<typeof runPhases>>;

async function exported(side: 'ours' | 'bare', folder: string, shape: TradeShape) {
  const { commissions, amountCents } = expectedCommissions(shape);
  return runPhases('export-rows', [side, folder, String(commissions), String(amountCents)]);
}

function named(phases: Phases, name: string) {
  const run = phases.get(name);
  if (run === undefined) throw new Error(`${name} was not run`);
  return run;
}
