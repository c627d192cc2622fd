import type { Dossier } from '../history/dossier.ts';
import { payoutStateAt } from '../history/payout-history.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { countingFact } from '../repeats.ts';
import type { WriteOffFact } from '../history/dossier.ts';

/** What payouts and write-offs settled of one order with one partner. */
export interface Settlement {
  readonly partnerId: string;
  readonly currency: string;
  /** The sum of the lines that pay. */
  readonly paidCents: Cents;
  /** The sum of the lines that take back, as a positive number. */
  readonly takenBackCents: Cents;
}

/** What payouts that were neither cancelled nor failed, and write-offs, settled of the order by `at`. */
export function settlementsOf(
  orderId: string,
  dossier: Dossier,
  at: Instant,
): readonly Settlement[] {
  const settlements = new Map<string, Settlement>();
  for (const { partnerId, currency, lines } of settling(dossier, at)) {
    for (const line of lines) {
      if (line.orderId !== orderId) continue;
      const key = `${partnerId} ${currency}`;
      settlements.set(key, plus(settlements.get(key), { partnerId, currency, ...line }));
    }
  }
  return [...settlements.values()];
}

interface Settling {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly orderId: string; readonly amountCents: Cents }[];
}

function* settling(dossier: Dossier, at: Instant): Generator<Settling> {
  for (const payout of dossier.payouts.values()) {
    const state = payoutStateAt(payout, at);
    if (payout.scheduled === undefined) continue;
    if (state === 'scheduled' || state === 'paid') yield payout.scheduled.data;
  }
  const writeOffs = new Map<string, WriteOffFact>();
  for (const fact of dossier.writeOffs) {
    const { writeOffId } = fact.data;
    writeOffs.set(writeOffId, countingFact(writeOffs.get(writeOffId), fact));
  }
  for (const { occurredAt, data } of writeOffs.values()) if (occurredAt <= at) yield data;
}

function plus(
  known: Settlement | undefined,
  line: { readonly partnerId: string; readonly currency: string; readonly amountCents: Cents },
): Settlement {
  const { partnerId, currency, amountCents } = line;
  return {
    partnerId,
    currency,
    paidCents: (known?.paidCents ?? 0) + Math.max(0, amountCents),
    takenBackCents: (known?.takenBackCents ?? 0) + Math.max(0, -amountCents),
  };
}
