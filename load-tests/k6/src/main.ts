import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { readWishes, SCENARIOS, USAGE } from './command-line.ts';
import type { ScenarioName, Wishes } from './command-line.ts';
import { findK6 } from './k6-program.ts';
import { openOutageStore } from './outage-store.ts';
import type { OutageStore } from './outage-store.ts';
import { runOutage } from './outage.ts';
import { MARKETS, runScenario, stopAndCheck } from './run-scenario.ts';
import type { LoadOptions, LoadReport, System } from './run-scenario.ts';
import { startServer } from './started-server.ts';
import { tellLog, tellOutage, tellScenario, tellThresholds } from './tell.ts';

/** Exit codes: a threshold or a promise wasn't kept; what was asked for makes no sense. */
const NOT_MET = 1;
const NOT_UNDERSTOOD = 2;

const tell = (line: string) => {
  console.log(`${new Date().toISOString().slice(11, 19)} ${line}`);
};

async function main(): Promise<number> {
  const wishes = wished();
  if (wishes === null) return NOT_UNDERSTOOD;
  const k6 = findK6();
  if ('missing' in k6) {
    console.log(`load: skipped, ${k6.missing}`);
    return 0;
  }
  try {
    const ok = await work(wishes, k6.program);
    return ok ? 0 : NOT_MET;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return NOT_MET;
  }
}

function wished(): Wishes | null {
  try {
    return readWishes(process.argv.slice(2));
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.error(USAGE);
    return null;
  }
}

/** True when all thresholds were met; throws when a promise was broken. */
async function work(wishes: Wishes, k6: string): Promise<boolean> {
  const { scenario, url } = wishes;
  if (scenario === 'smoke') return smoke(wishes, k6);
  if (scenario === 'outage') {
    await using store = await openOutageStore();
    return await outage(wishes, k6, { store, wellSeconds: 60 });
  }
  if (url !== null) {
    const adminKey = process.env['PROVISIE_ACCESS_KEY'] ?? '';
    if (adminKey === '')
      throw new Error('PROVISIE_ACCESS_KEY must hold an admin key of the system.');
    const report = await load({ url, adminKey, pid: null }, scenario, wishes, k6);
    return tellThresholds(report.summary);
  }
  return withServer(wishes, async (server) => [await load(server, scenario, wishes, k6)]);
}

/** Runs loads on a server of its own, and looks through what it left. */
async function withServer(
  wishes: Wishes,
  loads: (system: System) => Promise<readonly LoadReport[]>,
): Promise<boolean> {
  const dataFolder = await mkdtemp(path.join(os.tmpdir(), 'provisie-load-'));
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(() => rm(dataFolder, { recursive: true, force: true }));
  const folder = await resultsFolder(wishes, `${wishes.scenario}-server`);
  await using server = await startServer(dataFolder, path.join(folder, 'server.log'));
  const reports = await loads(server);
  tell('stopping the server, and looking through its log');
  const logFile = path.join(folder, 'verify.log');
  tellLog(await stopAndCheck({ server, dataFolder, reports, logFile }));
  console.log('verify: the read model is what the log makes of it');
  return reports.map(({ summary }) => tellThresholds(summary)).every(Boolean);
}

async function load(
  system: System,
  scenario: ScenarioName,
  wishes: Wishes,
  k6: string,
  changes: Partial<LoadOptions> = {},
): Promise<LoadReport> {
  const folder = await resultsFolder(wishes, scenario);
  tell(`${scenario} on ${system.url}; results in ${folder}`);
  const options = { ...wishes, program: k6, scenario, folder, size: MARKETS.full, ...changes };
  const report = await runScenario(system, options);
  tellScenario(report);
  return report;
}

async function outage(
  wishes: Wishes,
  k6: string,
  { store, wellSeconds }: { store: OutageStore; wellSeconds: number },
): Promise<boolean> {
  const folder = await resultsFolder(wishes, 'outage');
  tell(`outage; results in ${folder}`);
  const report = await runOutage({
    k6,
    store,
    awaySeconds: wishes.seconds ?? 120,
    wellSeconds,
    perSecond: wishes.perSecond ?? 500,
    judgesSpeed: wishes.judgesSpeed,
    newConnections: wishes.newConnections,
    folder,
    tell,
  });
  await writeFile(path.join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`);
  tellOutage(report);
  tellLog(report.log);
  for (const fault of report.broken) console.error(`BROKEN  ${fault}`);
  return tellThresholds(report.summary) && report.broken.length === 0;
}

const SMOKE_SECONDS = 1;
/** Store well, away, and well again. */
const SMOKE_OUTAGE = { wellSeconds: 2, awaySeconds: 4 } as const;

/** Every scenario for a moment, each after the other on one server, and a short outage. Only what is wrong fails it. */
async function smoke(wishes: Wishes, k6: string): Promise<boolean> {
  const short = { ...wishes, judgesSpeed: false };
  const isRight = await withServer(short, async (server) => {
    const reports: LoadReport[] = [];
    for (const scenario of SCENARIOS) {
      const perSecond = scenario === 'redirects' ? 100 : 10;
      const changes = { seconds: SMOKE_SECONDS, perSecond, size: MARKETS.small };
      reports.push(await load(server, scenario, short, k6, changes));
    }
    return reports;
  });
  return (await smokeOutage(short, k6)) && isRight;
}

async function smokeOutage(wishes: Wishes, k6: string): Promise<boolean> {
  const opened = await openOutageStore().catch((error: unknown) => {
    console.log(`load: the outage is skipped, PostgreSQL can't be started: ${String(error)}`);
    return null;
  });
  if (opened === null) return true;
  await using store = opened;
  const { awaySeconds: seconds, wellSeconds } = SMOKE_OUTAGE;
  const brief = { ...wishes, seconds, perSecond: 50 };
  return await outage(brief, k6, { store, wellSeconds });
}

async function resultsFolder({ resultsFolder: all }: Wishes, name: string): Promise<string> {
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(':', '');
  const folder = path.resolve(all, `${stamp}-${name}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

// What was started ends with this process.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
