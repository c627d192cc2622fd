import { parseArgs } from 'node:util';
import type { Scale } from './benchmark.ts';

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

/** What counts can be set one by one, and what each of them sets. */
const COUNTS = {
  rounds: ['rounds'],
  events: ['events', 'logEvents'],
  partners: ['partners'],
  clicks: ['clicks'],
  weeks: ['weeks'],
  largest: ['largest'],
} as const;

export interface Wishes {
  readonly benchmarks: readonly string[];
  readonly scale: Scale;
  /** A file for the rows. */
  readonly json: string | null;
  readonly wantsHelp: boolean;
}

export function usage(benchmarks: readonly string[]): string {
  return `Usage: npm run bench -- [BENCHMARK …] [options]

Benchmarks (default: all): ${benchmarks.join(', ')}
  --smoke        little of everything: shows that it works, gives no figures to quote
  --json FILE    writes the rows there
  --rounds N     how often each side runs, by turns (default ${String(FULL.rounds)})
  --events N     of a log that is written or rebuilt (default ${String(FULL.events)}, ${String(FULL.logEvents)})
  --largest N    events of the largest log of growth (default ${String(FULL.largest)})
  --partners N   of a payout run (default ${String(FULL.partners)})
  --clicks N     of redirect-memory (default ${String(FULL.clicks)})
  --weeks N      of the trade that the API is asked about (default ${String(FULL.weeks)})`;
}

/** Throws an error with a sentence for a person. */
export function readWishes(args: readonly string[], benchmarks: readonly string[]): Wishes {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
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
  const unknown = positionals.find((name) => !benchmarks.includes(name));
  if (unknown !== undefined) throw new Error(`There is no benchmark "${unknown}".`);
  const set: Partial<Record<Exclude<keyof Scale, 'isSmoke'>, number>> = {};
  const given: Readonly<Record<string, string | boolean | undefined>> = values;
  for (const [name, fields] of Object.entries(COUNTS)) {
    const count = countOf(name, given[name]);
    if (count !== null) for (const field of fields) set[field] = count;
  }
  return {
    benchmarks: positionals.length === 0 ? benchmarks : positionals,
    scale: { ...(values.smoke ? SMOKE : FULL), ...set },
    json: values.json ?? null,
    wantsHelp: values.help,
  };
}

function countOf(name: string, text: string | boolean | undefined): number | null {
  if (text === undefined) return null;
  const count = Number(text);
  if (Number.isSafeInteger(count) && count > 0) return count;
  throw new Error(`--${name} must be a whole number above 0, not "${String(text)}".`);
}
