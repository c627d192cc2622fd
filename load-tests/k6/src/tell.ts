import { PHASES } from '../scenarios/phases.ts';
import type { LogCheck } from './check-log.ts';
import type { OutageReport } from './outage.ts';
import type { LoadReport } from './run-scenario.ts';
import type { Summary } from './summary.ts';
import { thresholdsOf, valueOf } from './summary.ts';
import type { Sample } from './watch.ts';

const MEGABYTE = 1_048_576;
const KINDS = ['redirect', 'beacon', 'webhook', 'read'] as const;

const rounded = (value: number) =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(1);

/** Prints what a scenario showed. */
export function tellScenario({ summary, samples, catchUpSeconds }: LoadReport): void {
  console.table(latencies(summary));
  const requests = valueOf(summary, 'http_reqs', 'count');
  const lag = Math.max(...samples.map(({ metrics }) => metrics?.['projection_lag_positions'] ?? 0));
  for (const line of [
    `requests ${rounded(requests)}, failed ${rounded(valueOf(summary, 'http_req_failed', 'passes'))}; not sent, because k6 was full: ${rounded(valueOf(summary, 'dropped_iterations', 'count'))}`,
    `redirects that said they recorded nothing: ${rounded(valueOf(summary, 'unrecorded', 'passes'))}; beacons put off: ${rounded(valueOf(summary, 'put_off', 'passes'))}`,
    `projections: at most ${rounded(lag)} positions behind, caught up ${catchUpSeconds.toFixed(1)} s after the load`,
    `server: memory ${memoryOf(samples)}`,
    `processors in use: ${processorsOf(samples, requests)}`,
  ]) {
    console.log(line);
  }
}

/** A row for each kind of request; with phases, for each kind in each phase. */
function latencies(summary: Summary) {
  const wholes = KINDS.map((kind) => ({ name: kind, within: `kind:${kind}` }));
  const parts = PHASES.flatMap(({ name }) =>
    KINDS.map((kind) => ({ name: `${name} ${kind}`, within: `kind:${kind},phase:${name}` })),
  );
  const rows = [...wholes, ...parts].flatMap(({ name, within }) => {
    const metric = `http_req_duration{${within}}`;
    const count = valueOf(summary, metric, 'count');
    if (count === 0) return [];
    const value = (of: string) => rounded(valueOf(summary, metric, of));
    return [
      [
        name,
        {
          requests: count,
          'p50 ms': value('med'),
          'p95 ms': value('p(95)'),
          'p99 ms': value('p(99)'),
          'max ms': value('max'),
        },
      ] as const,
    ];
  });
  return Object.fromEntries(rows);
}

function memoryOf(samples: readonly Sample[]): string {
  const resident = samples.flatMap(({ metrics }) => {
    const bytes = metrics?.['process_resident_memory_bytes'];
    return bytes === undefined ? [] : [bytes / MEGABYTE];
  });
  const [first = 0, last = 0] = [resident.at(0), resident.at(-1)];
  return `${rounded(first)} MB at first, ${rounded(Math.max(...resident))} MB at most, ${rounded(last)} MB in the end`;
}

/** From the first look to the last at which k6 still ran. */
function processorsOf(samples: readonly Sample[], requests: number): string {
  const [first] = samples;
  const last = samples.findLast(({ cpuSeconds }) => 'k6' in cpuSeconds);
  if (first === undefined || last === undefined) return 'not known here';
  const used = (name: string) => (last.cpuSeconds[name] ?? 0) - (first.cpuSeconds[name] ?? 0);
  const seconds = (last.at - first.at) / 1000;
  const shares = Object.keys(last.cpuSeconds).map(
    (name) => `${name} ${(used(name) / seconds).toFixed(2)}`,
  );
  const eachMs = (used('server') / requests) * 1000;
  return `${shares.join(', ')}; a request costs the server ${eachMs.toFixed(2)} ms of one`;
}

/** Prints the thresholds; true when all were met. */
export function tellThresholds(summary: Summary): boolean {
  const thresholds = thresholdsOf(summary);
  for (const { name, ok } of thresholds) console.log(`${ok ? 'met    ' : 'NOT MET'} ${name}`);
  return thresholds.every(({ ok }) => ok);
}

export function tellLog({ acknowledged, missing, doubled, unheard }: LogCheck): void {
  const isOnce = missing.length === 0 && doubled.length === 0;
  console.log(
    `log: ${rounded(acknowledged)} acknowledged, ${isOnce ? 'each' : 'NOT each'} in the log exactly once; ${rounded(unheard)} more that k6 didn't hear of`,
  );
}

/** Prints what an outage showed. */
export function tellOutage(report: OutageReport): void {
  const rows = Object.entries(report.phases).map(([name, phase]) => [
    name,
    {
      seconds: rounded(phase.seconds),
      'clicks/s': rounded(phase.perSecond),
      'p50 ms': rounded(phase.p50),
      'p99 ms': rounded(phase.p99),
      'p99.9 ms': rounded(phase.p999),
      'max ms': rounded(phase.max),
    },
  ]);
  console.table(Object.fromEntries(rows));
  for (const line of [
    `waiting when the store came back: ${rounded(report.mostEvents)} touches, the oldest for ${rounded(report.oldestSeconds)} s, in ${rounded(report.spoolMegabytes)} MB`,
    `drained in ${rounded(report.drainSeconds)} s, ${rounded(report.drainedPerSecond)} touches a second`,
    `node: memory ${rounded(report.peakResidentMegabytes)} MB at most, ${rounded(report.endResidentMegabytes)} MB in the end`,
    `redirects that said they recorded nothing: ${rounded(report.log.unrecorded)}; clicks that k6 could not send: ${rounded(valueOf(report.summary, 'dropped_iterations', 'count'))}`,
  ]) {
    console.log(line);
  }
}
