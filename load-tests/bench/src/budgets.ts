import { spawn } from 'node:child_process';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { snippetSource } from '@provisie/snippet';
import { bundleWorker } from '@provisie/tracker/bundle-worker';
import type { Benchmark, Scale } from './benchmark.ts';
import { coldStart, startServer } from './cold-start.ts';
import { median } from './measurement.ts';
import type { Row } from './measurement.ts';
import { runSide } from './side.ts';

/** Bytes on the wire, and seconds. What is beyond its bytes is refused by a test as well. */
const BUDGETS = {
  snippetBytes: 1000,
  edgeBundleBytes: 60_000,
  coldStartSeconds: 1,
  demoSeconds: 30,
};
const CLICKS_AND_ORDERS = 20_000;
const ROOT = path.resolve(import.meta.dirname, '../../..');

/** What must stay small: each row's limit is its budget, and its ratio is what of that is used. */
export const budgetsBenchmark: Benchmark = async (scale, folder) => {
  const snippet = gzipSync(snippetSource(), { level: 9 }).length;
  const { gzippedBytes } = await bundleWorker();
  const rows = [
    budgetRow('snippet-bytes', 'B', [snippet], BUDGETS.snippetBytes),
    budgetRow('edge-bundle-bytes', 'B', [gzippedBytes], BUDGETS.edgeBundleBytes),
    ...(await coldStartRows(scale, folder)),
  ];
  // A smoke run stands beside a demo of its own.
  if (scale.isSmoke) return rows;
  const seconds: number[] = [];
  for (let round = 0; round < Math.min(scale.rounds, 2); round += 1) seconds.push(await demo());
  return [...rows, budgetRow('demo-warm', 's', seconds, BUDGETS.demoSeconds)];
};

/** From the start of the process until it is alive and has answered a visitor: on a new folder, and on one with data. */
async function coldStartRows({ rounds }: Scale, folder: string): Promise<readonly Row[]> {
  const used = path.join(folder, 'used');
  await runSide('write-log', [path.join(used, 'events.sqlite'), String(CLICKS_AND_ORDERS)]);
  // A log that has none is refused.
  openSqliteVault(path.join(used, 'vault.sqlite')).close();
  await using server = await startServer(used);
  await server.until('/readyz', 200);
  await server[Symbol.asyncDispose]();
  const fresh: number[] = [];
  const withData: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const onFresh = await coldStart(path.join(folder, `fresh-${round}`), '/r/unknown', 404);
    const onData = await coldStart(used, '/r/partner-1', 302);
    // The first round compiles what the others find compiled.
    if (round === 0) continue;
    fresh.push(onFresh);
    withData.push(onData);
  }
  return [
    budgetRow('cold-start', 's', withData, BUDGETS.coldStartSeconds),
    budgetRow('cold-start-fresh', 's', fresh, BUDGETS.coldStartSeconds),
  ];
}

/** `npm run demo`, with all that npm and the install check add to it. */
async function demo(): Promise<number> {
  const started = performance.now();
  const child = spawn('npm', ['run', '--silent', 'demo'], {
    cwd: ROOT,
    stdio: 'ignore',
    env: surroundings(),
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`npm run demo ended with ${String(code)}`);
  return (performance.now() - started) / 1000;
}

/** Without variables of ours: the program refuses those that it doesn't know, such as the benchmarks' own. */
function surroundings(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('PROVISIE_'));
  return Object.fromEntries(others);
}

function budgetRow(name: string, unit: string, values: readonly number[], limit: number): Row {
  const value = median(values);
  return {
    name,
    value,
    unit,
    limit,
    ratio: value / limit,
    p50: null,
    p99: null,
    peakRssMb: 0,
    startRssMb: null,
    heapMb: null,
    seconds: unit === 's' ? value : 0,
    growth: null,
  };
}
