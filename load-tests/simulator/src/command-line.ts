import { parseArgs } from 'node:util';
import { FAULTS, type Fault } from './weather.ts';

/** What is asked for on the command line. */
export interface Wishes {
  readonly seed: number;
  /** Of one run. */
  readonly steps: number;
  readonly runs: number;
  /** Null: as long as the runs take. */
  readonly seconds: number | null;
  readonly without: readonly Fault[];
  readonly trace: boolean;
  /** Processes that share the runs. */
  readonly jobs: number;
  /** Of such a process: which of how many. */
  readonly job: { readonly index: number; readonly of: number };
}

export const USAGE = `npm run simulate -- [--runs N] [--hours H | --seconds S] [--seed N] [--steps N] [--jobs N] [--trace] [--without kind,kind]

  --runs N      how many runs (default 1 with --seed, else 20); with a time, as many as fit in it
  --hours H     how long; --seconds S likewise
  --seed N      of the first run; the others follow it by one (default: by the clock)
  --steps N     what people do in a run (default 80)
  --jobs N      processes that share the runs (default 1)
  --trace       print every step
  --without     leave kinds of faults out: ${FAULTS.join(', ')}`;

/** Throws an error that is fit for a person. */
export function readWishes(args: readonly string[], clockMs: number): Wishes {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      steps: { type: 'string' },
      runs: { type: 'string' },
      hours: { type: 'string' },
      seconds: { type: 'string' },
      without: { type: 'string' },
      jobs: { type: 'string' },
      job: { type: 'string', default: '0/1' },
      trace: { type: 'boolean', default: false },
    },
  });
  const seconds = inSeconds(values.hours, 3600) ?? inSeconds(values.seconds, 1);
  const seed = whole('--seed', values.seed);
  const unbounded = seconds === null ? (seed === null ? 20 : 1) : Number.MAX_SAFE_INTEGER;
  return {
    seed: seed ?? clockMs % 1_000_000_000,
    steps: whole('--steps', values.steps) ?? 80,
    runs: whole('--runs', values.runs) ?? unbounded,
    seconds,
    without: faults(values.without),
    trace: values.trace,
    jobs: Math.max(1, whole('--jobs', values.jobs) ?? 1),
    job: jobOf(values.job),
  };
}

function jobOf(text: string): Wishes['job'] {
  const [index, of] = text.split('/').map(Number);
  return { index: index ?? 0, of: of ?? 1 };
}

function inSeconds(text: string | undefined, unit: number): number | null {
  if (text === undefined) return null;
  const length = Number(text) * unit;
  if (length > 0) return length;
  throw new Error(`A time must be a number above zero; it is ${text}.`);
}

function whole(name: string, text: string | undefined): number | null {
  if (text === undefined) return null;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new Error(`${name} must be a whole number; it is ${text}.`);
}

function faults(text: string | undefined): readonly Fault[] {
  const names = text === undefined ? [] : text.split(',');
  return names.map((name) => {
    const fault = FAULTS.find((known) => known === name);
    if (fault === undefined) throw new Error(`There is no fault ${name}: ${FAULTS.join(', ')}.`);
    return fault;
  });
}
