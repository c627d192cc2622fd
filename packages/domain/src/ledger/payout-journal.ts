import type { EntityFact } from '../facts.ts';
import type { WriteOffFact } from '../history/dossier.ts';
import { openDossier } from '../history/dossier.ts';
import { payoutState } from '../history/payout-history.ts';
import type { PayoutHistory, PayoutState, ScheduledFact } from '../history/payout-history.ts';
import type { Instant } from '../instant.ts';
import { countingFact } from '../repeats.ts';
import type { Holding, JournalLine } from './journal-line.ts';
import { journalOf } from './timeline.ts';

/** What a payout does to the accounts: scheduled into transit, paid to the bank, failed or cancelled back. */
export function payoutJournal(
  payoutId: string,
  facts: Iterable<EntityFact>,
): readonly JournalLine[] {
  const payout = openDossier(facts).payouts.get(payoutId);
  if (payout?.scheduled === undefined) return [];
  const { scheduled } = payout;
  const steps = momentsOf(payout, scheduled.occurredAt).map((from) => ({
    from,
    holdings: holdingsIn(payoutState(payoutAsOf(payout, from)), scheduled),
  }));
  return journalOf(steps);
}

/** What a write-off does: it lowers (or, negative, raises) what is payable. */
export function writeOffJournal(
  writeOffId: string,
  facts: Iterable<EntityFact>,
): readonly JournalLine[] {
  let writeOff: WriteOffFact | undefined;
  for (const fact of facts) {
    if (fact.type !== 'BalanceWrittenOff' || fact.data.writeOffId !== writeOffId) continue;
    writeOff = countingFact(writeOff, fact);
  }
  if (writeOff === undefined) return [];
  const { partnerId, currency, amountCents } = writeOff.data;
  return journalOf([
    {
      from: writeOff.occurredAt,
      holdings: [
        { account: 'partner_payable', partnerId, currency, amountCents },
        { account: 'write_offs', partnerId: null, currency, amountCents: -amountCents },
      ],
    },
  ]);
}

/** What happened to a payout before it was scheduled takes effect with the scheduling. */
function momentsOf(payout: PayoutHistory, scheduledAt: Instant): readonly Instant[] {
  const later = [payout.paid, payout.failed, payout.cancelled]
    .flatMap((fact) => (fact === undefined ? [] : [fact.occurredAt]))
    .filter((at) => at > scheduledAt);
  return [...new Set([scheduledAt, ...later])].sort((a, b) => a - b);
}

function payoutAsOf(payout: PayoutHistory, at: Instant): PayoutHistory {
  const by = <F extends { readonly occurredAt: Instant }>(fact: F | undefined) =>
    fact !== undefined && fact.occurredAt <= at ? fact : undefined;
  return {
    scheduled: by(payout.scheduled),
    paid: by(payout.paid),
    failed: by(payout.failed),
    cancelled: by(payout.cancelled),
  };
}

function holdingsIn(state: PayoutState, scheduled: ScheduledFact): readonly Holding[] {
  if (state === 'failed' || state === 'cancelled') return [];
  const { partnerId, currency, amountCents } = scheduled.data;
  return [
    { account: 'partner_payable', partnerId, currency, amountCents },
    {
      account: state === 'paid' ? 'bank' : 'payouts_in_transit',
      partnerId: null,
      currency,
      amountCents: -amountCents,
    },
  ];
}
