import { consolidate, negated } from './journal-line.ts';
import type { JournalLine } from './journal-line.ts';

/**
 * The lines of the one entry that turns the journal `before` into `after`: those that vanished, negated, and
 * those that are new. It balances at every moment at which both do; empty when they are equal.
 */
export function journalDifference(
  before: readonly JournalLine[],
  after: readonly JournalLine[],
): readonly JournalLine[] {
  return consolidate([...before.map((line) => negated(line)), ...after]);
}
