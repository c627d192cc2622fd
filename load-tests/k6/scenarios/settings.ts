import type { ConstantArrivalRateScenario, Options } from 'k6/options';
import type { Market } from './market.ts';

/** By metrics, or by parts of them. */
export type Thresholds = Record<string, string[]>;

/** What is asked of a system, as the summaries name it. */
export type Kind = 'redirect' | 'beacon' | 'webhook' | 'read';

/** The 99th percentile that is expected of each, in milliseconds; `--p99-ms` sets another. */
const P99_MS: Readonly<Record<Kind, number>> = {
  redirect: 100,
  beacon: 100,
  webhook: 500,
  read: 250,
};

/** A number that the runner passes on. */
export function setting(name: string, otherwise: number): number {
  const text = __ENV[name] ?? '';
  return text === '' ? otherwise : Number(text);
}

/** Whether speed is judged; what is wrong fails a run in any case. */
const judgesSpeed = setting('JUDGE_SPEED', 1) === 1;

/** What the runner set up. */
export function readMarket(): Market {
  const market: unknown = JSON.parse(open(__ENV['MARKET'] ?? ''));
  if (!isMarket(market)) throw new Error('MARKET names a file that holds no market');
  return market;
}

function isMarket(value: unknown): value is Market {
  return typeof value === 'object' && value !== null && 'linkCodes' in value && 'run' in value;
}

/** So many a second, whether or not the system keeps up: people don't wait for each other. */
export function arrivals(
  perSecond: number,
  seconds: number,
  more: Partial<ConstantArrivalRateScenario> = {},
): ConstantArrivalRateScenario {
  return {
    executor: 'constant-arrival-rate',
    rate: perSecond,
    timeUnit: '1s',
    duration: span(seconds),
    preAllocatedVUs: Math.min(MOST_AT_ONCE, Math.max(10, Math.ceil(perSecond / 5))),
    maxVUs: MOST_AT_ONCE,
    gracefulStop: '30s',
    ...more,
  };
}

/** Seconds as k6 writes them. */
export function span(seconds: number): string {
  return `${String(Math.round(seconds * 1000))}ms`;
}

/** Requests under way at a time; beyond these k6 counts what it couldn't send as dropped. */
const MOST_AT_ONCE = 512;

/** The options that all scenarios share. Correctness is a threshold always, speed when it is judged. */
export function options(
  scenarios: Record<string, ConstantArrivalRateScenario>,
  expectations: Thresholds,
): Options {
  return {
    scenarios,
    thresholds: { ...CORRECT, ...expectations },
    summaryTrendStats: ['avg', 'min', 'med', 'p(95)', 'p(99)', 'p(99.9)', 'max', 'count'],
    discardResponseBodies: true,
    // Visitors come each on a connection of their own; a proxy in front keeps its connections open.
    noConnectionReuse: setting('NEW_CONNECTIONS', 0) === 1,
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
  };
}

/** Every request is answered, and as it should be. */
const CORRECT = { checks: ['rate==1'], http_req_failed: ['rate==0'] };

/** That all of it could be sent, and answered in time. */
export function inTime(kinds: readonly Kind[], within = ''): Thresholds {
  const wanted = (kind: Kind) => setting('P99_MS', P99_MS[kind]);
  const expected: Record<string, string[]> = {};
  for (const kind of kinds) {
    const threshold = judgesSpeed ? `p(99)<${String(wanted(kind))}` : ALWAYS;
    expected[`http_req_duration{kind:${kind}${within}}`] = [threshold];
  }
  return expected;
}

/** That k6 itself kept up, and that a system under load neither lets clicks go unrecorded nor puts beacons off. */
export function keepingUp(kinds: readonly Kind[], perSecond: number): Thresholds {
  if (!judgesSpeed) return {};
  return {
    dropped_iterations: [`rate<${String(perSecond / 100)}`],
    ...(kinds.includes('redirect') ? { unrecorded: ['rate<0.001'] } : {}),
    ...(kinds.includes('beacon') ? { put_off: ['rate<0.001'] } : {}),
  };
}

/** Thresholds that are always met make k6 sum a part up, which it wouldn't otherwise. */
export function summedUp(kinds: readonly Kind[], phase: string): Thresholds {
  const latencies = kinds.map((kind) => [`http_req_duration{kind:${kind},phase:${phase}}`, ALWAYS]);
  const others = [
    [`http_reqs{phase:${phase}}`, 'count>=0'],
    [`dropped_iterations{scenario:${phase}}`, 'count>=0'],
    [`unrecorded{phase:${phase}}`, 'rate>=0'],
    [`put_off{phase:${phase}}`, 'rate>=0'],
  ];
  const all: Thresholds = {};
  for (const [metric = '', threshold = ''] of [...latencies, ...others]) all[metric] = [threshold];
  return all;
}

const ALWAYS = 'max>=0';

/** Keeps the summary as JSON where the runner wants it. */
export function handleSummary(summary: object): Record<string, string> {
  return { [__ENV['SUMMARY'] ?? 'summary.json']: JSON.stringify(summary, null, 2) };
}
