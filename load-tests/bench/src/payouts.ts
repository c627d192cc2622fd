import { cp, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Benchmark } from './benchmark.ts';
import { rowOf, type Row, type Run } from './measurement.ts';
import { logIn } from './payout-office.ts';
import { runPhases, runSide } from './side.ts';
import { ORDERS_PER_PARTNER } from './synthetic-market.ts';

/** The projector decides up to a hundred thousand orders one by one; for more it would take an hour. */
const MOST_PROJECTED = 10_000;

/** By the phase, which part of `pay-out-limits` it is held against. */
const LIMITS: Readonly<Record<string, string>> = {
  'payout-preview': 'scan',
  'payout-approve': 'scan',
  'payout-schedule': 'schedule',
  'payout-export': 'export',
  'payout-sepa-file': 'read',
  'payout-csv': 'read',
};

interface Measured {
  readonly ours: Run;
  readonly limit: Run;
}

/** By the name of the row. */
type Round = ReadonlyMap<string, Measured>;

/**
 * A payout run: preview, approve, schedule, export and both files; and, but for a smoke test, a tenth of it to compare
 * the memory with. The limits: the rows of a preview read bare; the events of scheduling and exporting appended
 * again by writers that decide nothing; the streams behind the files read once in the order of the log; and, for what
 * the projector makes of the payouts afterwards, the same orders taken in when they were placed.
 */
export const payoutsBenchmark: Benchmark = async ({ rounds, partners, isSmoke }, folder) => {
  const tenth = isSmoke ? [] : await roundsOver(partners / 10, 1, path.join(folder, 'tenth'));
  const all = await roundsOver(partners, rounds, path.join(folder, 'all'));
  const names = [...new Set(all.flatMap((round) => [...round.keys()]))];
  return names.map((name) => rowNamed(name, all, tenth));
};

function rowNamed(name: string, all: readonly Round[], tenth: readonly Round[]): Row {
  const measured = (rounds: readonly Round[]) => rounds.flatMap((round) => round.get(name) ?? []);
  const unit = name === 'payout-projector' ? 'orders/s' : 'payouts/s';
  return rowOf(
    name,
    unit,
    measured(all),
    measured(tenth).map(({ ours }) => ours),
  );
}

async function roundsOver(partners: number, rounds: number, folder: string): Promise<Round[]> {
  const market = path.join(folder, 'market');
  await mkdir(market, { recursive: true });
  const placed = await writeMarket(market, partners);
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const copy = path.join(folder, `round-${round}`);
    await cp(market, copy, { recursive: true });
    measured.push(await payOut(market, copy, partners, placed));
    await rm(copy, { recursive: true });
  }
  await rm(folder, { recursive: true });
  return measured;
}

/** Resolves to how fast the projector took in the orders; null where their rows were filled in directly. */
async function writeMarket(market: string, partners: number): Promise<Run | null> {
  await runSide('write-market', [market, String(partners)]);
  if (partners > MOST_PROJECTED) {
    process.stderr.write('the rows of orders are filled in, not projected …\n');
    await runSide('fill-read-model', [market, String(partners)]);
    return null;
  }
  const { seconds, ...rest } = await runSide('rebuild-read-model', [logIn(market), market]);
  return { ...rest, seconds, operations: partners * ORDERS_PER_PARTNER };
}

async function payOut(
  market: string,
  folder: string,
  partners: number,
  placed: Run | null,
): Promise<Round> {
  const takeIn = () => runPhases('take-in-log', [folder]);
  const run = (...phases: string[]) => runPhases('pay-out', [folder, String(partners), ...phases]);
  const planned = await run('preview', 'approve');
  await takeIn();
  const paid = await run('schedule', 'export', 'sepa-file', 'csv');
  const projected = placed === null ? [] : await takeIn();
  const limits = await runPhases('pay-out-limits', [market, folder]);
  const round = new Map<string, Measured>();
  for (const [name, ours] of [...planned, ...paid, ...projected]) {
    const limit = limits.get(LIMITS[name] ?? '') ?? placed;
    if (limit === null) throw new Error(`${name} has no limit`);
    round.set(name, { ours, limit });
  }
  return round;
}
