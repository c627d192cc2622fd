import type { Row } from './measurement.ts';

/** How much work a run does: `smoke` shows that a benchmark works, `full` gives figures to quote. */
export interface Scale {
  readonly rounds: number;
  readonly events: number;
  /** Of the log that is rebuilt. */
  readonly logEvents: number;
  readonly seconds: number;
  /** Of a payout run; each has ten commissions. */
  readonly partners: number;
  /** Of the tracker, when its memory is watched. */
  readonly clicks: number;
  /** Of the made-up trade that the API is asked about. */
  readonly weeks: number;
  /** Events of the largest log of `growth`. */
  readonly largest: number;
  readonly isSmoke: boolean;
}

export type Benchmark = (scale: Scale, folder: string) => Promise<readonly Row[]>;
