import type { Instant } from '../instant.ts';
import { consolidate, negated } from './journal-line.ts';
import type { Holding, JournalLine } from './journal-line.ts';

/** What the accounts hold from a moment on, until the next step. */
export interface Step {
  readonly from: Instant;
  readonly holdings: readonly Holding[];
}

/** The lines that lead from nothing through the steps, which are in the order of time. */
export function journalOf(steps: readonly Step[]): readonly JournalLine[] {
  const lines: JournalLine[] = [];
  let before: readonly Holding[] = [];
  for (const { from, holdings } of steps) {
    for (const holding of before) lines.push({ ...negated(holding), effectiveAt: from });
    for (const holding of holdings) lines.push({ ...holding, effectiveAt: from });
    before = holdings;
  }
  return consolidate(lines);
}
