import type { Commission } from '../decision.ts';
import type { Dossier, VerdictFact } from '../history/dossier.ts';
import { countingFact } from '../repeats.ts';

/** Rule 12: the last verdict on this order and this partner, if it is a rejection. */
export function rejectionOf(
  orderId: string,
  partnerId: string,
  dossier: Dossier,
): Commission['rejection'] {
  let last: VerdictFact | null = null;
  for (const verdict of dossier.verdicts) {
    if (verdict.data.orderId !== orderId || verdict.data.partnerId !== partnerId) continue;
    last = last === null ? verdict : later(last, verdict);
  }
  if (last?.type !== 'CommissionRejected') return null;
  const { reason, by } = last.data;
  return { occurredAt: last.occurredAt, reason, by };
}

/** At the same millisecond the rejection. */
function later(known: VerdictFact, met: VerdictFact): VerdictFact {
  if (known.occurredAt !== met.occurredAt) return known.occurredAt > met.occurredAt ? known : met;
  if (known.type !== met.type) return known.type === 'CommissionRejected' ? known : met;
  return countingFact(known, met);
}
