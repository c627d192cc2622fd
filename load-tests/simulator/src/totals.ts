import type { RunReport } from './run.ts';

/** What some runs came to. */
export interface Totals {
  readonly runs: number;
  readonly events: number;
  readonly answers: number;
  readonly faults: number;
  readonly payouts: number;
  readonly payments: number;
  readonly failed: number;
}

export const NOTHING: Totals = {
  runs: 0,
  events: 0,
  answers: 0,
  faults: 0,
  payouts: 0,
  payments: 0,
  failed: 0,
};

export function totalsOf(report: RunReport): Totals {
  const { events, answers, faults, payouts, payments, violations } = report;
  const failed = violations.length > 0 ? 1 : 0;
  return { runs: 1, events, answers, faults, payouts, payments, failed };
}

export function sum(one: Totals, other: Totals): Totals {
  return {
    runs: one.runs + other.runs,
    events: one.events + other.events,
    answers: one.answers + other.answers,
    faults: one.faults + other.faults,
    payouts: one.payouts + other.payouts,
    payments: one.payments + other.payments,
    failed: one.failed + other.failed,
  };
}

/** In one line. */
export function totalsText(totals: Totals): string {
  return Object.entries(totals)
    .map(([name, count]) => `${String(count)} ${name}`)
    .join(', ');
}
