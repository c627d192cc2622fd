import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { apiReadsBenchmark, apiReadsPostgresBenchmark } from './api-reads.ts';
import { appendBatchBenchmark, appendBenchmark } from './append.ts';
import type { Benchmark, Scale } from './benchmark.ts';
import { budgetsBenchmark } from './budgets.ts';
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
} from './redirect.ts';
import { memoryBenchmark } from './tracker-memory.ts';

const SMOKE: Scale = {
  rounds: 1,
  events: 10_000,
  logEvents: 10_000,
  seconds: 1,
  partners: 1000,
  clicks: 20_000,
  weeks: 8,
  largest: 10_000,
  isSmoke: true,
};
const FULL: Scale = {
  rounds: 5,
  events: 200_000,
  logEvents: 1_000_000,
  seconds: 5,
  partners: 10_000,
  clicks: 10_000_000,
  weeks: 104,
  largest: 1_000_000,
  isSmoke: false,
};

const benchmarks: Record<string, Benchmark> = {
  'redirect-durable': redirectBenchmark,
  'redirect-recording': recordingBenchmark,
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
  'api-reads': apiReadsBenchmark,
  'api-reads-postgres': apiReadsPostgresBenchmark,
  exports: exportsBenchmark,
  budgets: budgetsBenchmark,
  peers: peersBenchmark,
  growth: growthBenchmark,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    smoke: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    events: { type: 'string' },
    partners: { type: 'string' },
    clicks: { type: 'string' },
    weeks: { type: 'string' },
    largest: { type: 'string' },
  },
});
const base = values.smoke ? SMOKE : FULL;
const scale: Scale = {
  ...base,
  rounds: Number(values.rounds ?? base.rounds),
  events: Number(values.events ?? base.events),
  logEvents: Number(values.events ?? base.logEvents),
  partners: Number(values.partners ?? base.partners),
  clicks: Number(values.clicks ?? base.clicks),
  weeks: Number(values.weeks ?? base.weeks),
  largest: Number(values.largest ?? base.largest),
};
const chosen = positionals.length === 0 ? Object.keys(benchmarks) : positionals;

const rows: Row[] = [];
for (const name of chosen) {
  const benchmark = benchmarks[name];
  if (benchmark === undefined) {
    console.error(
      `There is no benchmark "${name}"; there are: ${Object.keys(benchmarks).join(', ')}.`,
    );
    process.exit(2);
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'provisie-bench-'));
  try {
    process.stderr.write(`${name} …\n`);
    rows.push(...(await benchmark(scale, folder)));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const rounded = (value: number | null) =>
  value === null ? '–' : value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2);

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
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(rows, null, 2)}\n`);
