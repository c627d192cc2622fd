import type { EntityFact } from '../facts.ts';
import type { WriteOffFact } from '../history/dossier.ts';
import { openDossier } from '../history/dossier.ts';
import { payoutStateAt } from '../history/payout-history.ts';
import type { PayoutHistory, PayoutState, ScheduledFact } from '../history/payout-history.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import { selfAssessedVatCents } from '../payout/vat.ts';
import { countingFact } from '../repeats.ts';
import type { Account, Holding, JournalLine } from './journal-line.ts';
import { journalOf } from './timeline.ts';

/**
 * What a payout does to the accounts. Scheduled: what it pays leaves `partner_payable`, what it takes back leaves
 * `clawback_receivable`, VAT is deductible, and the sum is in transit; paid: it has left the bank; failed or
 * cancelled: as if it had never been.
 */
export function payoutJournal(
  payoutId: string,
  facts: Iterable<EntityFact>,
): readonly JournalLine[] {
  const payout = openDossier(facts).payouts.get(payoutId);
  if (payout?.scheduled === undefined) return [];
  const { scheduled } = payout;
  const steps = momentsOf(payout, scheduled.occurredAt).map((from) => ({
    from,
    holdings: holdingsIn(payoutStateAt(payout, from), scheduled),
  }));
  return journalOf(steps);
}

/** What a write-off does: its positive lines lower what is payable, its negative ones what is to be taken back. */
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
  const { currency, lines } = writeOff.data;
  const counter = { account: 'write_offs', partnerId: null, currency } as const;
  const holdings = [...settled(writeOff.data), { ...counter, amountCents: -sumOf(lines) }];
  return journalOf([{ from: writeOff.occurredAt, holdings }]);
}

interface Settling {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly amountCents: Cents }[];
}

/** The partner's side of what lines settle. */
function settled({ partnerId, currency, lines }: Settling): readonly Holding[] {
  const paid = lines.filter(({ amountCents }) => amountCents > 0);
  const takenBack = lines.filter(({ amountCents }) => amountCents < 0);
  return [
    { account: 'partner_payable', partnerId, currency, amountCents: sumOf(paid) },
    { account: 'clawback_receivable', partnerId, currency, amountCents: sumOf(takenBack) },
  ];
}

function sumOf(lines: readonly { readonly amountCents: Cents }[]): Cents {
  return lines.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/** What happened to a payout before it was scheduled takes effect with the scheduling. */
function momentsOf(payout: PayoutHistory, scheduledAt: Instant): readonly Instant[] {
  const later = [payout.paid, payout.failed, payout.cancelled]
    .flatMap((fact) => (fact === undefined ? [] : [fact.occurredAt]))
    .filter((at) => at > scheduledAt);
  return [...new Set([scheduledAt, ...later])].sort((a, b) => a - b);
}

function holdingsIn(state: PayoutState | null, scheduled: ScheduledFact): readonly Holding[] {
  if (state !== 'scheduled' && state !== 'paid') return [];
  const { currency, lines, vat } = scheduled.data;
  const ownAccount = (account: Account, amountCents: Cents): Holding => ({
    account,
    partnerId: null,
    currency,
    amountCents,
  });
  const vatCents = vat.reduce((sum, part) => sum + part.vatCents, 0);
  const accountedForCents = vat.reduce(
    (sum, part) => sum + selfAssessedVatCents(part, scheduled.occurredAt),
    0,
  );
  return [
    ...settled(scheduled.data),
    ownAccount('vat_deductible', vatCents + accountedForCents),
    ownAccount('vat_due', -accountedForCents),
    ownAccount(state === 'paid' ? 'bank' : 'payouts_in_transit', -sumOf(lines) - vatCents),
  ];
}
