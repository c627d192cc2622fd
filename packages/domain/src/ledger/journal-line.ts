import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { compareIds } from '../order-of.ts';

/**
 * `commission_expense` grows by debit; `partner_pending` (in hold) and `partner_payable` (past hold) are owed to
 * a partner and grow by credit; a payout moves what is payable through `payouts_in_transit` to `bank`.
 * `clawback_receivable` (debit) is what was paid out of orders above what they are worth now: the next payout takes it
 * back. `vat_deductible` (debit) is VAT paid to partners or accounted for in their place, `vat_due` (credit) the
 * latter's other side (Directive 2006/112 Art. 168, 196).
 */
export type Account =
  | 'commission_expense'
  | 'partner_pending'
  | 'partner_payable'
  | 'clawback_receivable'
  | 'payouts_in_transit'
  | 'bank'
  | 'write_offs'
  | 'vat_deductible'
  | 'vat_due';

/** The lines of one moment add up to zero. */
export interface JournalLine {
  readonly account: Account;
  /** Null for the accounts that aren't kept per partner. */
  readonly partnerId: string | null;
  readonly currency: string;
  /** Debits are positive, credits negative; never zero. */
  readonly amountCents: Cents;
  /** From this moment on the line counts. */
  readonly effectiveAt: Instant;
}

/** What an account holds. */
export type Holding = Omit<JournalLine, 'effectiveAt'>;

/** The lines without those that cancel out: one per moment, account, partner and currency, in that order. */
export function consolidate(lines: readonly JournalLine[]): readonly JournalLine[] {
  const sums = new Map<string, JournalLine>();
  for (const line of lines) {
    const key = `${line.effectiveAt} ${keyOf(line)}`;
    const known = sums.get(key);
    sums.set(key, known === undefined ? line : plus(known, line));
  }
  return [...sums.values()].filter((line) => line.amountCents !== 0).sort(compareLines);
}

/** Identifies an account of the ledger; holds no amount. */
export function keyOf(holding: Holding): string {
  return `${holding.account} ${holding.partnerId ?? ''} ${holding.currency}`;
}

export function compareHoldings(a: Holding, b: Holding): number {
  return (
    compareIds(a.account, b.account) ||
    compareIds(a.partnerId ?? '', b.partnerId ?? '') ||
    compareIds(a.currency, b.currency)
  );
}

function compareLines(a: JournalLine, b: JournalLine): number {
  return a.effectiveAt - b.effectiveAt || compareHoldings(a, b);
}

export function plus<H extends Holding>(a: H, b: H): H {
  return { ...a, amountCents: a.amountCents + b.amountCents };
}

export function negated<H extends Holding>(line: H): H {
  return { ...line, amountCents: -line.amountCents };
}
