import type { PayoutLine } from '../events/payout-events.ts';
import type { Dossier } from '../history/dossier.ts';
import type { ScheduledFact } from '../history/payout-history.ts';
import type { TermsFact } from '../history/programme-history.ts';
import { NOW } from '../instant.ts';
import type { Instant } from '../instant.ts';
import { compareIds } from '../order-of.ts';

/** Rule 11: the payout line that fixes who gets an order, and under which terms. */
export interface Lock {
  readonly payoutId: string;
  readonly occurredAt: Instant;
  readonly partnerId: string;
  readonly line: PayoutLine;
  readonly terms: TermsFact;
}

/**
 * The first payout by (`occurredAt`, payout id) that names the order and wasn't cancelled; a failed payment
 * doesn't release it. A line that names terms nobody published can't be priced, and locks nothing.
 * `at`: as it was at that moment; left out: by all facts.
 */
export function lockOf(orderId: string, dossier: Dossier, at: Instant = NOW): Lock | null {
  let lock: Lock | null = null;
  for (const { scheduled, cancelled } of dossier.payouts.values()) {
    if (scheduled === undefined || scheduled.occurredAt > at) continue;
    if (cancelled !== undefined && cancelled.occurredAt <= at) continue;
    if (lock !== null && !isBefore(scheduled, lock)) continue;
    lock = lockBy(scheduled, orderId, dossier, at) ?? lock;
  }
  return lock;
}

function isBefore(scheduled: ScheduledFact, lock: Lock): boolean {
  if (scheduled.occurredAt !== lock.occurredAt) return scheduled.occurredAt < lock.occurredAt;
  return compareIds(scheduled.data.payoutId, lock.payoutId) < 0;
}

function lockBy(
  scheduled: ScheduledFact,
  orderId: string,
  dossier: Dossier,
  at: Instant,
): Lock | null {
  const line = scheduled.data.lines.find((line) => line.orderId === orderId);
  if (line === undefined) return null;
  const terms = termsNamedBy(line, dossier);
  if (terms === undefined || terms.occurredAt > at) return null;
  const { payoutId, partnerId } = scheduled.data;
  return { payoutId, occurredAt: scheduled.occurredAt, partnerId, line, terms };
}

/** The terms that a payout's line prices the order by; undefined while nobody has published them. */
export function termsNamedBy(line: PayoutLine, { programmes }: Dossier): TermsFact | undefined {
  return programmes.get(line.programmeId)?.terms.get(line.termsVersion);
}
