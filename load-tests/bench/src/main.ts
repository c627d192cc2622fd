import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { apiReadsBenchmark, apiReadsPostgresBenchmark } from './api-reads.ts';
import { appendBatchBenchmark, appendBenchmark } from './append.ts';
import type { Benchmark, Scale } from './benchmark.ts';
import { budgetsBenchmark } from './budgets.ts';
import { readWishes, usage, type Wishes } from './command-line.ts';
import { customerHistoryBenchmark, visitorHistoryBenchmark } from './histories.ts';
import type { Row } from './measurement.ts';
import { exportsBenchmark } from './exports.ts';
import { liveLagBenchmark } from './live-lag.ts';
import { growthBenchmark } from './growth.ts';
import { peersBenchmark } from './peers.ts';
import { payoutsBenchmark } from './payouts.ts';
import { projectorOrdersBenchmark, projectorOrdersPostgresBenchmark } from './projector-orders.ts';
import { readStoreBenchmark } from './read-store.ts';
import { rebuildBenchmark, rebuildGrowthBenchmark } from './rebuild.ts';
import {
  beaconBenchmark,
  manyLinksBenchmark,
  recordingBenchmark,
  redirectBenchmark,
  undecidedBenchmark,
} from './redirect.ts';
import { memoryBenchmark } from './tracker-memory.ts';

const benchmarks: Record<string, Benchmark> = {
  'redirect-durable': redirectBenchmark,
  'redirect-recording': recordingBenchmark,
  'redirect-undecided': undecidedBenchmark,
  'redirect-100k-links': manyLinksBenchmark,
  'beacon-durable': beaconBenchmark,
  'redirect-memory': memoryBenchmark,
  append: appendBenchmark,
  'append-batch': appendBatchBenchmark,
  'read-store': readStoreBenchmark,
  rebuild: rebuildBenchmark,
  'rebuild-10m': rebuildGrowthBenchmark,
  payouts: payoutsBenchmark,
  'live-lag': liveLagBenchmark,
  'projector-orders': projectorOrdersBenchmark,
  'projector-orders-postgres': projectorOrdersPostgresBenchmark,
  'customer-history': customerHistoryBenchmark,
  'visitor-history': visitorHistoryBenchmark,
  'api-reads': apiReadsBenchmark,
  'api-reads-postgres': apiReadsPostgresBenchmark,
  exports: exportsBenchmark,
  budgets: budgetsBenchmark,
  peers: peersBenchmark,
  growth: growthBenchmark,
};

/** What was asked for makes no sense. */
const NOT_UNDERSTOOD = 2;

async function main(): Promise<number> {
  const wishes = wished();
  if (wishes === null) return NOT_UNDERSTOOD;
  if (wishes.wantsHelp) {
    console.log(usage(Object.keys(benchmarks)));
    return 0;
  }
  const rows: Row[] = [];
  for (const name of wishes.benchmarks) rows.push(...(await rowsOf(name, wishes.scale)));
  tell(rows);
  if (wishes.json !== null) await writeFile(wishes.json, `${JSON.stringify(rows, null, 2)}\n`);
  return 0;
}

function wished(): Wishes | null {
  const names = Object.keys(benchmarks);
  try {
    return readWishes(process.argv.slice(2), names);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${usage(names)}`);
    return null;
  }
}

async function rowsOf(name: string, scale: Scale): Promise<readonly Row[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'provisie-bench-'));
  try {
    process.stderr.write(`${name} …\n`);
    return (await benchmarks[name]?.(scale, folder)) ?? [];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function tell(rows: readonly Row[]): void {
  console.table(
    Object.fromEntries(
      rows.map((row) => [
        row.name,
        {
          value: `${rounded(row.value)} ${row.unit}`,
          limit: `${rounded(row.limit)} ${row.unit}`,
          ratio: row.ratio.toFixed(2),
          'p50 ms': rounded(row.p50),
          'p99 ms': rounded(row.p99),
          seconds: rounded(row.seconds),
          'start MB': rounded(row.startRssMb),
          'peak MB': row.peakRssMb,
          'heap MB': rounded(row.heapMb),
          'peak vs 1/10': rounded(row.growth),
        },
      ]),
    ),
  );
}

function rounded(value: number | null): string {
  if (value === null) return '–';
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);
}

process.exitCode = await main();
