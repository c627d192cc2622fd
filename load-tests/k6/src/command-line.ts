import { parseArgs } from 'node:util';

export const SCENARIOS = ['redirects', 'beacons', 'webhooks', 'reads', 'black-friday'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

/** What a person asked for. */
export interface Wishes {
  readonly scenario: ScenarioName | 'outage' | 'smoke';
  /** Of a system that runs; null: one is started on an empty folder, and looked through afterwards. */
  readonly url: string | null;
  /** Null: as the scenario has it. */
  readonly seconds: number | null;
  /** Requests, or shoppers, a second; null: as the scenario has it. */
  readonly perSecond: number | null;
  readonly p99Ms: number | null;
  /** Whether a run that is too slow has failed. */
  readonly judgesSpeed: boolean;
  /** Whether every request comes on a connection of its own, as from visitors without a proxy in front. */
  readonly newConnections: boolean;
  /** Where summaries are kept. */
  readonly resultsFolder: string;
}

export const USAGE = `Usage: npm run load -- SCENARIO (--start | --url URL) [options]

Scenarios: ${SCENARIOS.join(', ')}; outage and smoke start what they need.
  --start            starts a server on an empty folder, and checks its log afterwards
  --url URL          a started system; an admin key of it is read from PROVISIE_ACCESS_KEY
  --seconds N, --minutes N   how long
  --rate N           requests, or shoppers, a second
  --p99-ms N         the 99th percentile that is expected
  --not-judging-speed   only what is wrong fails the run, not what is slow
  --new-connections  one for every request, as if no proxy were in front
  --results FOLDER   where summaries are kept (default load-results)`;

/** Throws an error with a sentence for a person. */
export function readWishes(args: readonly string[]): Wishes {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      start: { type: 'boolean', default: false },
      url: { type: 'string' },
      seconds: { type: 'string' },
      minutes: { type: 'string' },
      rate: { type: 'string' },
      'p99-ms': { type: 'string' },
      'not-judging-speed': { type: 'boolean', default: false },
      'new-connections': { type: 'boolean', default: false },
      results: { type: 'string', default: 'load-results' },
    },
  });
  const [name, ...others] = positionals;
  const scenario = [...SCENARIOS, 'outage' as const, 'smoke' as const].find(
    (known) => known === name,
  );
  if (scenario === undefined || others.length > 0) {
    throw new Error(`Name one scenario; "${positionals.join(' ')}" is none.`);
  }
  const startsAnyway = scenario === 'outage' || scenario === 'smoke';
  if (startsAnyway && values.url !== undefined) {
    throw new Error(`${scenario} starts what it needs; it can't be run against --url.`);
  }
  if (!startsAnyway && values.start === (values.url !== undefined)) {
    throw new Error('Give either --start or --url.');
  }
  const minutes = positive('minutes', values.minutes);
  return {
    scenario,
    url: values.url === undefined ? null : originOf(values.url),
    seconds: minutes === null ? positive('seconds', values.seconds) : minutes * 60,
    perSecond: positive('rate', values.rate),
    p99Ms: positive('p99-ms', values['p99-ms']),
    judgesSpeed: !values['not-judging-speed'],
    newConnections: values['new-connections'],
    resultsFolder: values.results,
  };
}

function positive(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`--${name} must be a number above 0; it is "${text}".`);
}

function originOf(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return url.origin;
  throw new Error(`--url must be an address such as http://127.0.0.1:8080; it is "${text}".`);
}
