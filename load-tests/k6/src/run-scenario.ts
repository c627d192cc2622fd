import { setTimeout as pause } from 'node:timers/promises';
import path from 'node:path';
import { openEventStore } from '@provisie/engines';
import { readAnswers } from './answers.ts';
import { checkLog, faultsOf, wroteOtherwise } from './check-log.ts';
import type { LogCheck } from './check-log.ts';
import type { ScenarioName } from './command-line.ts';
import { startK6 } from './run-k6.ts';
import type { K6Options } from './run-k6.ts';
import { setUpMarket } from './set-up-market.ts';
import type { MarketSize } from './set-up-market.ts';
import { verify } from './started-server.ts';
import type { StartedServer } from './started-server.ts';
import type { Summary } from './summary.ts';
import { valueOf } from './summary.ts';
import { readMetrics, watch } from './watch.ts';
import type { Sample } from './watch.ts';

/** A system that is put under load. */
export interface System {
  readonly url: string;
  readonly adminKey: string;
  /** Null: it runs elsewhere. */
  readonly pid: number | null;
}

export type LoadOptions = Omit<K6Options, 'scenario' | 'market'> & {
  readonly scenario: ScenarioName;
  readonly size: MarketSize;
};

/** What a run of a scenario showed. */
export interface LoadReport {
  readonly summary: Summary;
  readonly samples: readonly Sample[];
  /** The file of `scenarios/answer.ts`. */
  readonly answersFile: string;
  /** How long the projections took, after the load, to have handled all of the log. */
  readonly catchUpSeconds: number;
}

const FULL_MARKET: MarketSize = { partners: 20, linksPerPartner: 10, orders: 300 };
const SMALL_MARKET: MarketSize = { partners: 3, linksPerPartner: 2, orders: 5 };
export const MARKETS = { full: FULL_MARKET, small: SMALL_MARKET } as const;

/** Sets up what the scenario needs and runs it. Throws when k6 fails or the projections stay behind. */
export async function runScenario(system: System, options: LoadOptions): Promise<LoadReport> {
  const { url, adminKey, pid } = system;
  const opened = await setUpMarket(url, adminKey, options.size);
  await using cleanUp = new AsyncDisposableStack();
  // What is started for the run needs no tidying up, and what is checked should be what the load made.
  if (pid === null) cleanUp.defer(() => opened.close());
  await using k6 = await startK6({ ...options, market: opened.market });
  const processes = { k6: k6.pid, ...(pid === null ? {} : { server: pid }) };
  using watching = watch({ url, processes, everyMs: 1000 });
  const summary = await k6.finished;
  await watching.look();
  const catchUpSeconds = await caughtUp(url);
  await watching.look();
  await watching.keepIn(path.join(options.folder, 'watch.jsonl'));
  return { summary, samples: watching.samples, answersFile: k6.answersFile, catchUpSeconds };
}

const CATCH_UP_LIMIT_MS = 900_000;

async function caughtUp(url: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const lag = (await readMetrics(url))?.['projection_lag_positions'];
    const waited = performance.now() - began;
    if (lag === 0) return waited / 1000;
    if (waited > CATCH_UP_LIMIT_MS) {
      throw new Error(`The projections are still ${String(lag)} positions behind.`);
    }
    await pause(50);
  }
}

export interface CheckedServer {
  readonly server: StartedServer;
  readonly dataFolder: string;
  readonly reports: readonly LoadReport[];
  /** Gets what `verify` prints. */
  readonly logFile: string;
}

/**
 * Stops the server and looks through what it left: everything acknowledged is in the log exactly once, and the read
 * model is what the log makes of it. Throws with what isn't so.
 */
export async function stopAndCheck(checked: CheckedServer): Promise<LogCheck> {
  await checked.server.stop();
  const file = path.join(checked.dataFolder, 'events.sqlite');
  const store = await openEventStore(`sqlite:${file}`, { readOnly: true });
  try {
    const log = await checkLog(store, answersOf(checked.reports));
    const heard = checked.reports.reduce(
      (sum, { summary }) => sum + valueOf(summary, 'answers', 'count'),
      0,
    );
    const faults = [
      ...faultsOf(log),
      ...(heard === log.answers ? [] : [wroteOtherwise(heard, log.answers)]),
    ];
    if (faults.length > 0) throw new Error(faults.join('\n'));
    await verify(checked.dataFolder, checked.logFile);
    return log;
  } finally {
    await store.close();
  }
}

async function* answersOf(reports: readonly LoadReport[]) {
  for (const { answersFile } of reports) yield* readAnswers(answersFile);
}
