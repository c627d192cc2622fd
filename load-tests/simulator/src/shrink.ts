import type { RunOptions, RunReport } from './run.ts';
import { FAULTS, type Fault } from './weather.ts';

export interface Shrunk {
  readonly steps: number;
  readonly without: readonly Fault[];
  readonly report: RunReport;
}

/**
 * A smaller run of the same seed that fails too: with fewer steps, then without each kind of fault that it doesn't
 * need. What fails may be something else than before: that is for a person to see.
 */
export async function shrink(
  failed: RunReport,
  options: RunOptions,
  run: (options: RunOptions) => Promise<RunReport>,
): Promise<Shrunk> {
  let smallest: Shrunk = { steps: options.steps, without: options.without, report: failed };
  const attempt = async (steps: number, without: readonly Fault[]): Promise<boolean> => {
    const report = await run({ ...options, steps, without });
    if (report.violations.length === 0) return false;
    smallest = { steps, without, report };
    return true;
  };
  for (let cut = Math.floor(options.steps / 2); cut >= 4; cut = Math.floor(cut / 2)) {
    while (smallest.steps > cut && (await attempt(smallest.steps - cut, smallest.without)));
  }
  for (const fault of FAULTS) {
    if (!smallest.without.includes(fault)) {
      await attempt(smallest.steps, [...smallest.without, fault]);
    }
  }
  return smallest;
}
