/** A part of the sale. */
export interface Phase {
  readonly name: string;
  /** Shoppers, as a multiple of the usual rate. */
  readonly times: number;
  /** Of the whole duration. */
  readonly share: number;
  /** Whether the answers must be in time here; while a machine is overrun they can't be. */
  readonly isJudged: boolean;
}

export const PHASES: readonly Phase[] = [
  { name: 'usual', times: 1, share: 0.1, isJudged: true },
  { name: 'ramp-2', times: 2, share: 0.06, isJudged: false },
  { name: 'ramp-4', times: 4, share: 0.06, isJudged: false },
  { name: 'ramp-8', times: 8, share: 0.06, isJudged: false },
  { name: 'ramp-16', times: 16, share: 0.06, isJudged: false },
  { name: 'ramp-32', times: 32, share: 0.06, isJudged: false },
  { name: 'calm', times: 1, share: 0.1, isJudged: false },
  { name: 'spike', times: 10, share: 0.05, isJudged: false },
  { name: 'soak', times: 2, share: 0.45, isJudged: true },
];
