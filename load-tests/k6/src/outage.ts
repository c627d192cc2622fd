import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Market } from '../scenarios/market.ts';
import { readAnswers } from './answers.ts';
import { checkLog, faultsOf, wroteOtherwise } from './check-log.ts';
import type { LogCheck } from './check-log.ts';
import { latencyOf } from './latency.ts';
import type { Latency } from './latency.ts';
import type { OutageStore } from './outage-store.ts';
import { startProgram } from './program.ts';
import type { Program } from './program.ts';
import { startK6 } from './run-k6.ts';
import type { Summary } from './summary.ts';
import { valueOf } from './summary.ts';
import { readReadiness, watch } from './watch.ts';
import type { Sample, Watch } from './watch.ts';

const TRACKER = path.join(import.meta.dirname, '../../../services/tracker/src/node.ts');

export interface OutageOptions {
  readonly k6: string;
  readonly store: OutageStore;
  /** How long the store is away, and how long all is well before and after. */
  readonly awaySeconds: number;
  readonly wellSeconds: number;
  readonly perSecond: number;
  readonly judgesSpeed: boolean;
  readonly newConnections: boolean;
  /** Gets what was seen. */
  readonly folder: string;
  /** Hears in a line what happens. */
  readonly tell: (line: string) => void;
}

export type PhaseName = 'before' | 'away' | 'draining' | 'after';

export interface OutageReport {
  /** What the node promises and didn't keep; there must be nothing. */
  readonly broken: readonly string[];
  readonly summary: Summary;
  readonly log: LogCheck;
  readonly phases: Readonly<Record<PhaseName, Latency>>;
  /** What waited, and for how long, when the store came back. */
  readonly mostEvents: number;
  readonly oldestSeconds: number;
  readonly spoolMegabytes: number;
  readonly drainSeconds: number;
  /** Events a second that reached the store while it drained. */
  readonly drainedPerSecond: number;
  readonly peakResidentMegabytes: number;
  readonly endResidentMegabytes: number;
}

/**
 * People click at a steady rate while the store of a tracker node goes away and comes back. Every redirect must be
 * answered, what was acknowledged be in the log exactly once, and the node tell all along how it is.
 */
export async function runOutage(options: OutageOptions): Promise<OutageReport> {
  const { store, folder, tell } = options;
  const spoolFolder = await mkdtemp(path.join(os.tmpdir(), 'provisie-outage-'));
  await using cleanUp = new AsyncDisposableStack();
  cleanUp.defer(() => rm(spoolFolder, { recursive: true, force: true }));
  await using node = startNode(store, spoolFolder, path.join(folder, 'node.log'));
  const [, url = ''] = await node.says(/"url":"([^"]+)".*the tracker node listens/);
  await untilReady(url);
  await using k6 = await startK6({
    program: options.k6,
    scenario: 'outage',
    market: marketOf(url, store.linkCodes),
    seconds: null,
    perSecond: options.perSecond,
    p99Ms: null,
    judgesSpeed: options.judgesSpeed,
    newConnections: options.newConnections,
    folder,
  });
  using watching = watch({ url, processes: { node: node.pid, k6: k6.pid }, everyMs: 1000 });
  // k6 failing must end the run, not the hour.
  const failed = k6.finished.then(() => Promise.reject(new Error('k6 ended by itself')));
  const times = await Promise.race([liveThrough(options, watching), failed]);
  failed.catch(() => undefined);
  k6.interrupt();
  const summary = await k6.finished;
  await watching.keepIn(path.join(folder, 'watch.jsonl'));
  tell('stopping the node, which forwards what waits');
  const code = await node.stop('SIGTERM');
  if (code !== 0) throw new Error(`the node ended with ${String(code)}:\n${node.printed()}`);

  const log = await checkLog(store.store, readAnswers(k6.answersFile));
  const seen = { summary, log, times, samples: watching.samples, answersFile: k6.answersFile };
  const broken = [
    ...faultsOf(log),
    ...faultsOfAnswers(summary, log),
    ...faultsOfTelling(watching.samples, times, options),
  ];
  return { ...(await measured(seen)), broken };
}

function startNode(store: OutageStore, folder: string, logFile: string): Program {
  const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
  return startProgram(process.execPath, [TRACKER], {
    logFile,
    environment: {
      PORT: '0',
      PROVISIE_EVENT_STORE: store.address,
      PROVISIE_DATA_DIR: folder,
      PROVISIE_NODE_NAME: 'load',
      PROVISIE_CUSTOMER_KEY: key(1),
      PROVISIE_IP_KEY: key(2),
      PROVISIE_CLIENT_ADDRESS_HEADER: 'x-forwarded-for',
    },
  });
}

function marketOf(url: string, linkCodes: readonly string[]): Market {
  return {
    url,
    run: 'load',
    origin: 'https://shop.example',
    linkCodes,
    couponCodes: [],
    shop: null,
    partnerKeys: [],
    financeKey: null,
    orderIds: [],
  };
}

const READY_LIMIT_MS = 120_000;

/** Until it has its links a node answers 503. */
async function untilReady(url: string): Promise<void> {
  const began = performance.now();
  while ((await readReadiness(url))?.status !== 200) {
    if (performance.now() - began > READY_LIMIT_MS) throw new Error('the node did not get ready');
    await pause(50);
  }
}

/** UTC milliseconds of the moments between the phases. */
interface Times {
  readonly began: number;
  readonly cut: number;
  readonly mended: number;
  readonly drained: number;
  readonly ended: number;
}

async function liveThrough(
  { store: { network }, awaySeconds, wellSeconds, tell }: OutageOptions,
  watching: Watch,
): Promise<Times> {
  const began = Date.now();
  tell(`all is well for ${String(wellSeconds)} s`);
  await pause(wellSeconds * 1000);
  network.become('down');
  const cut = Date.now();
  tell(`the store is away for ${String(awaySeconds)} s`);
  await pause(awaySeconds * 1000);
  const atWorst = await watching.look();
  network.become('up');
  const mended = Date.now();
  tell(`the store is back; ${String(atWorst.metrics?.['spool_events'])} events wait`);
  await untilDrained(watching, tell);
  const drained = Date.now();
  tell(`drained in ${((drained - mended) / 1000).toFixed(0)} s; all is well again`);
  await pause(wellSeconds * 1000);
  return { began, cut, mended, drained, ended: Date.now() };
}

const LOOK_EVERY_MS = 500;
const TELL_EVERY_MS = 60_000;

/** What is left is what arrived just now. */
async function untilDrained(watching: Watch, tell: (line: string) => void): Promise<void> {
  let toldAt = Date.now();
  for (;;) {
    const { metrics } = await watching.look();
    const oldest = metrics?.['spool_oldest_seconds'] ?? Number.NaN;
    if (oldest < 2) return;
    if (Date.now() - toldAt > TELL_EVERY_MS) {
      toldAt = Date.now();
      tell(
        `${String(metrics?.['spool_events'])} events wait, the oldest for ${oldest.toFixed(0)} s`,
      );
    }
    await pause(LOOK_EVERY_MS);
  }
}

/** Every click got a redirect, and every redirect is among the answers that were looked up. */
function faultsOfAnswers(summary: Summary, { answers }: LogCheck): string[] {
  const unanswered = valueOf(summary, 'checks', 'fails');
  const heard = valueOf(summary, 'answers', 'count');
  return [
    ...(unanswered > 0 ? [`${String(unanswered)} clicks were not redirected`] : []),
    ...(heard === answers ? [] : [wroteOtherwise(heard, answers)]),
  ];
}

const readinessPage = z.object({
  status: z.string(),
  store: z.string(),
  waitingEvents: z.number(),
  oldestSeconds: z.number(),
});

/** A store that doesn't answer counts as away after 2 s; something must have been sent to it by then. */
const NOTICED_AFTER_SECONDS = 5;

/** How much less than all of it may wait: what was under way, and what came while it was looked at. */
const NEARLY = 0.9;

/** All the time the node says that it redirects, and in the end how much waits and for how long. */
function faultsOfTelling(
  samples: readonly Sample[],
  times: Times,
  options: OutageOptions,
): string[] {
  const seen = samples.filter(({ at }) => at >= times.began && at <= times.ended);
  const silent = seen.filter(({ metrics, readiness }) => metrics === null || readiness === null);
  const unready = seen.filter(({ readiness }) => readiness !== null && readiness.status !== 200);
  const worst = worstOf(samples, times);
  const page = readinessPage.safeParse(worst.readiness?.page).data;
  const waited = options.awaySeconds * NEARLY;
  const isAway = page?.status === 'degraded' && page.store === 'away';
  const isTold =
    page !== undefined &&
    (isAway || options.awaySeconds < NOTICED_AFTER_SECONDS) &&
    page.oldestSeconds >= waited &&
    page.waitingEvents > 0 &&
    (worst.metrics?.['spool_oldest_seconds'] ?? 0) >= waited;
  return [
    ...(silent.length > 0
      ? [`/metrics or /readyz was silent ${String(silent.length)} times of ${String(seen.length)}`]
      : []),
    ...(unready.length > 0 ? [`/readyz said no ${String(unready.length)} times`] : []),
    ...(isTold ? [] : [`at the end of the outage the node said ${JSON.stringify(worst)}`]),
  ];
}

/** The last look before the store came back. */
function worstOf(samples: readonly Sample[], { mended }: Times): Sample {
  const worst = samples.findLast(({ at }) => at <= mended);
  if (worst === undefined) throw new Error('nobody looked while the store was away');
  return worst;
}

interface Seen {
  readonly summary: Summary;
  readonly log: LogCheck;
  readonly times: Times;
  readonly samples: readonly Sample[];
  readonly answersFile: string;
}

const MEGABYTE = 1_048_576;

async function measured({
  summary,
  log,
  times,
  samples,
  answersFile,
}: Seen): Promise<Omit<OutageReport, 'broken'>> {
  const bounds = [
    ['before', times.began, times.cut],
    ['away', times.cut, times.mended],
    ['draining', times.mended, times.drained],
    ['after', times.drained, times.ended],
  ] as const;
  const took: Record<PhaseName, number[]> = { before: [], away: [], draining: [], after: [] };
  for await (const { answeredAt, tookMs } of readAnswers(answersFile)) {
    const phase = bounds.find(([, from, to]) => answeredAt >= from && answeredAt < to);
    if (phase !== undefined) took[phase[0]].push(tookMs);
  }
  const [before, away, draining, after] = bounds.map(([name, from, to]) =>
    latencyOf(took[name], (to - from) / 1000),
  );
  if (!before || !away || !draining || !after) throw new Error('a phase is missing');
  const worst = worstOf(samples, times).metrics ?? {};
  const mostEvents = worst['spool_events'] ?? 0;
  const resident = samples.map(({ metrics }) => metrics?.['process_resident_memory_bytes'] ?? 0);
  return {
    summary,
    log,
    phases: { before, away, draining, after },
    mostEvents,
    oldestSeconds: worst['spool_oldest_seconds'] ?? 0,
    spoolMegabytes: (worst['spool_file_bytes'] ?? 0) / MEGABYTE,
    drainSeconds: draining.seconds,
    drainedPerSecond: (mostEvents + draining.answers) / Math.max(draining.seconds, 0.001),
    peakResidentMegabytes: Math.max(...resident) / MEGABYTE,
    endResidentMegabytes: (resident.at(-1) ?? 0) / MEGABYTE,
  };
}
