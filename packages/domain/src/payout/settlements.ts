import type { Dossier } from '../history/dossier.ts';
import { payoutStateAt } from '../history/payout-history.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { countingFact } from '../repeats.ts';
import type { WriteOffFact } from '../history/dossier.ts';

/** What payouts and write-offs settled of one order with one partner; all of it as positive numbers. */
export interface Settlement {
  readonly partnerId: string;
  readonly currency: string;
  /** The sum of the payout lines that pay. */
  readonly paidCents: Cents;
  /** The sum of the payout lines that take back. */
  readonly takenBackCents: Cents;
  /** What need not be paid any more, as it was written off. */
  readonly forgoneCents: Cents;
  /** What need not be taken back any more, as it was written off. */
  readonly forgivenCents: Cents;
}

export function unsettled(partnerId: string, currency: string): Settlement {
  return {
    partnerId,
    currency,
    paidCents: 0,
    takenBackCents: 0,
    forgoneCents: 0,
    forgivenCents: 0,
  };
}

/** What payouts that were neither cancelled nor failed, and write-offs, settled of the order by `at`. */
export function settlementsOf(
  orderId: string,
  dossier: Dossier,
  at: Instant,
): readonly Settlement[] {
  const settlements = new Map<string, Settlement>();
  for (const settling of allSettling(dossier, at)) {
    const { partnerId, currency } = settling.data;
    for (const line of settling.data.lines) {
      if (line.orderId !== orderId) continue;
      const key = `${partnerId} ${currency}`;
      const known = settlements.get(key) ?? unsettled(partnerId, currency);
      settlements.set(key, plus(known, settling.kind, line.amountCents));
    }
  }
  return [...settlements.values()];
}

/**
 * What is open of an order of which `earnedCents` are payable: positive to be paid, negative to be taken back. A
 * write-off settles at most what would be open without it: it never makes a debt of what nobody was paid.
 */
export function openAfter(settlement: Settlement, earnedCents: Cents): OpenAfter {
  const { paidCents, takenBackCents, forgoneCents, forgivenCents } = settlement;
  const unpaidCents = earnedCents - paidCents + takenBackCents;
  const forgone = Math.min(forgoneCents, Math.max(unpaidCents, 0));
  const forgiven = Math.min(forgivenCents, Math.max(0 - unpaidCents, 0));
  return {
    openCents: unpaidCents - forgone + forgiven,
    forgoneCents: forgone,
    idleWriteOffCents: forgoneCents - forgone - (forgivenCents - forgiven),
  };
}

export interface OpenAfter {
  readonly openCents: Cents;
  /** What write-offs made of it that need not be paid. */
  readonly forgoneCents: Cents;
  /** What write-offs settled more than there was to settle, as their account holds it (credit). */
  readonly idleWriteOffCents: Cents;
}

type Settling =
  | { readonly kind: 'payout'; readonly data: SettlingLines }
  | { readonly kind: 'write_off'; readonly data: SettlingLines };

interface SettlingLines {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly orderId: string; readonly amountCents: Cents }[];
}

function* allSettling(dossier: Dossier, at: Instant): Generator<Settling> {
  for (const payout of dossier.payouts.values()) {
    const state = payoutStateAt(payout, at);
    if (payout.scheduled === undefined) continue;
    if (state !== 'scheduled' && state !== 'paid') continue;
    yield { kind: 'payout', data: payout.scheduled.data };
  }
  const writeOffs = new Map<string, WriteOffFact>();
  for (const fact of dossier.writeOffs) {
    const { writeOffId } = fact.data;
    writeOffs.set(writeOffId, countingFact(writeOffs.get(writeOffId), fact));
  }
  for (const { occurredAt, data } of writeOffs.values()) {
    if (occurredAt <= at) yield { kind: 'write_off', data };
  }
}

function plus(known: Settlement, kind: Settling['kind'], amountCents: Cents): Settlement {
  const upCents = Math.max(0, amountCents);
  const downCents = Math.max(0, 0 - amountCents);
  return kind === 'payout'
    ? {
        ...known,
        paidCents: known.paidCents + upCents,
        takenBackCents: known.takenBackCents + downCents,
      }
    : {
        ...known,
        forgoneCents: known.forgoneCents + upCents,
        forgivenCents: known.forgivenCents + downCents,
      };
}
