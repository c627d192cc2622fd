import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Market } from '../scenarios/market.ts';
import { startProgram } from './program.ts';
import type { Program } from './program.ts';
import { readSummary } from './summary.ts';
import type { Summary } from './summary.ts';

export interface K6Options {
  readonly program: string;
  /** The name of a file in `scenarios/`. */
  readonly scenario: string;
  readonly market: Market;
  /** Null: as the scenario has it. */
  readonly seconds: number | null;
  readonly perSecond: number | null;
  readonly p99Ms: number | null;
  readonly judgesSpeed: boolean;
  /** A connection for every request. */
  readonly newConnections: boolean;
  /** Gets the summary, the market, what was answered, and k6's own words. */
  readonly folder: string;
}

/** k6 as it runs a scenario. */
export interface K6Run extends AsyncDisposable {
  readonly pid: number;
  /** The file of `scenarios/answer.ts`. */
  readonly answersFile: string;
  /** Ends it early, as a person would with Ctrl-C. */
  interrupt(): void;
  /** Rejects when k6 itself failed; a crossed threshold is in the summary. */
  readonly finished: Promise<Summary>;
}

/** The thresholds were crossed, or somebody interrupted it: the summary tells. */
const TOLD_BY_SUMMARY = new Set<number | null>([0, 99, 105]);

export async function startK6(options: K6Options): Promise<K6Run> {
  const { program, scenario, market, folder } = options;
  const marketFile = path.join(folder, 'market.json');
  const summaryFile = path.join(folder, 'summary.json');
  const answersFile = path.join(folder, 'answers.log');
  // It holds keys of the system under load.
  await writeFile(marketFile, JSON.stringify(market), { mode: 0o600 });
  const settings = {
    MARKET: marketFile,
    SUMMARY: summaryFile,
    SECONDS: options.seconds,
    RATE: options.perSecond,
    P99_MS: options.p99Ms,
    NEW_CONNECTIONS: options.newConnections ? 1 : 0,
    JUDGE_SPEED: options.judgesSpeed ? 1 : 0,
  };
  const k6 = startProgram(
    program,
    [
      'run',
      '--quiet',
      '--no-usage-report',
      '--address=',
      '--log-format=raw',
      `--console-output=${answersFile}`,
      ...Object.entries(settings).flatMap(([name, value]) =>
        value === null ? [] : ['-e', `${name}=${String(value)}`],
      ),
      path.join(import.meta.dirname, '../scenarios', `${scenario}.ts`),
    ],
    { logFile: path.join(folder, 'k6.log') },
  );
  return {
    pid: k6.pid,
    answersFile,
    interrupt: () => void k6.stop('SIGINT'),
    finished: summaryOf(k6, summaryFile, marketFile),
    [Symbol.asyncDispose]: () => k6[Symbol.asyncDispose](),
  };
}

async function summaryOf(k6: Program, file: string, marketFile: string): Promise<Summary> {
  const code = await k6.ended;
  await rm(marketFile);
  if (!TOLD_BY_SUMMARY.has(code)) {
    throw new Error(`k6 ended with ${String(code)}:\n${k6.printed()}`);
  }
  return readSummary(await readFile(file, 'utf8'));
}
