import type { Instant } from '../instant.ts';
import { compareHoldings, keyOf, plus } from './journal-line.ts';
import type { Holding, JournalLine } from './journal-line.ts';

/** What each account holds at `asOf`, by account, partner and currency; accounts that hold nothing are left out. */
export function balanceOf(lines: Iterable<JournalLine>, asOf: Instant): readonly Holding[] {
  const balances = new Map<string, Holding>();
  for (const { effectiveAt, ...holding } of lines) {
    if (effectiveAt > asOf) continue;
    const key = keyOf(holding);
    const known = balances.get(key);
    balances.set(key, known === undefined ? holding : plus(known, holding));
  }
  return [...balances.values()]
    .filter((holding) => holding.amountCents !== 0)
    .sort(compareHoldings);
}
