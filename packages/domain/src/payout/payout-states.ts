import type { Fact } from '../event-catalogue.ts';
import type { PayoutLine } from '../events/payout-events.ts';
import { addPayoutFact, newPayoutHistory, payoutState } from '../history/payout-history.ts';
import type { PayoutFact, PayoutHistory, ScheduledFact } from '../history/payout-history.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import type { TaxProfile, VatPart } from './tax.ts';

export type PayoutStatus = 'scheduled' | 'exported' | 'paid' | 'failed' | 'cancelled';

/** What the facts of one payout come to. */
export interface PayoutView {
  readonly payoutId: string;
  readonly runId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly status: PayoutStatus;
  readonly amountCents: Cents;
  readonly vat: readonly VatPart[];
  readonly totalCents: Cents;
  readonly taxProfile: TaxProfile;
  readonly payoutDetailsId: string;
  readonly lines: readonly PayoutLine[];
  readonly scheduledAt: Instant;
  readonly exportedAt: Instant | null;
  /** Of the last payment file it stands in; null for none. */
  readonly attempt: number | null;
  readonly paidAt: Instant | null;
  readonly reference: string | null;
  /** When it failed or was cancelled, and why. */
  readonly endedAt: Instant | null;
  readonly reason: string | null;
  /** It failed as its money came back, so it had left. */
  readonly returned: boolean;
  readonly documents: readonly {
    readonly documentId: string;
    readonly number: string;
    readonly kind: 'self_billing_invoice' | 'credit_note' | 'payout_statement';
  }[];
}

/** The payouts that the facts tell of, in the order of their scheduling in the log. */
export function payoutStates(facts: Iterable<Fact>): readonly PayoutView[] {
  const payouts = new Map<string, Gathered>();
  for (const fact of facts) {
    if (!isAboutPayout(fact)) continue;
    const known = payouts.get(fact.data.payoutId) ?? {
      history: newPayoutHistory(),
      exports: [],
      documents: [],
    };
    payouts.set(fact.data.payoutId, known);
    if (fact.type === 'DocumentIssued') known.documents.push(fact);
    else addPayoutFact(known.history, fact);
    if (fact.type === 'PayoutExported') known.exports.push(fact);
  }
  return [...payouts.values()]
    .flatMap((gathered) => {
      const { scheduled } = gathered.history;
      return scheduled === undefined ? [] : [{ gathered, scheduled }];
    })
    .sort((a, b) => a.scheduled.position - b.scheduled.position)
    .map(({ gathered, scheduled }) => viewOf(gathered, scheduled));
}

type DocumentFact = Extract<Fact, { readonly type: 'DocumentIssued' }>;
type ExportedFact = Extract<Fact, { readonly type: 'PayoutExported' }>;

interface Gathered {
  readonly history: PayoutHistory;
  readonly exports: ExportedFact[];
  readonly documents: DocumentFact[];
}

const ABOUT_PAYOUTS: readonly string[] = [
  'PayoutScheduled',
  'PayoutExported',
  'PayoutPaid',
  'PayoutFailed',
  'PayoutCancelled',
  'DocumentIssued',
] satisfies (PayoutFact | DocumentFact)['type'][];

function isAboutPayout(fact: Fact): fact is PayoutFact | DocumentFact {
  return ABOUT_PAYOUTS.includes(fact.type);
}

function viewOf({ history, exports, documents }: Gathered, scheduled: ScheduledFact): PayoutView {
  const { payoutId, runId, partnerId, currency, amountCents } = scheduled.data;
  const { vat, totalCents, taxProfile, payoutDetailsId, lines } = scheduled.data;
  const state = payoutState(history);
  const ended = history.cancelled ?? history.failed;
  const last = exports.reduce<ExportedFact | null>(
    (known, fact) => (known === null || fact.data.attempt > known.data.attempt ? fact : known),
    null,
  );
  return {
    payoutId,
    runId,
    partnerId,
    currency,
    status: state === 'scheduled' && last !== null ? 'exported' : state,
    amountCents,
    vat,
    totalCents,
    taxProfile,
    payoutDetailsId,
    lines,
    scheduledAt: scheduled.occurredAt,
    exportedAt: last?.occurredAt ?? null,
    attempt: last?.data.attempt ?? null,
    paidAt: history.paid?.occurredAt ?? null,
    reference: history.paid?.data.reference ?? null,
    endedAt: ended?.occurredAt ?? null,
    reason: ended?.data.reason ?? null,
    returned: history.cancelled === undefined && history.failed?.data.returned === true,
    documents: documents.map(({ data }) => ({
      documentId: data.documentId,
      number: data.number,
      kind: data.kind,
    })),
  };
}
