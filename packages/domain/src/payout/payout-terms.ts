import type { EntityFact } from '../facts.ts';
import type { FactOfType } from '../event-catalogue.ts';
import { openDossier } from '../history/dossier.ts';
import type { Dossier } from '../history/dossier.ts';
import { termsAt } from '../history/programme-history.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';
import type { PayoutSchedule, Terms } from '../terms.ts';

/** What must hold before a partner is paid. */
export interface PayoutTerms {
  readonly thresholdCents: Cents;
  readonly minimumCustomers: number;
  /** The partner is paid when any of them is due. */
  readonly schedules: readonly PayoutSchedule[];
}

/**
 * Rule 9: of the terms in force at `at` of the programmes in which the partner has a link or a coupon (also one that
 * was disabled or withdrawn since), of those in `currency`, the lowest threshold and the lowest number of customers;
 * null without any.
 */
export function payoutTerms(
  partnerId: string,
  at: Instant,
  facts: Iterable<EntityFact>,
  currency: string,
): PayoutTerms | null {
  const dossier = openDossier(facts);
  let lowest: PayoutTerms | null = null;
  for (const programmeId of [...programmesOf(partnerId, at, dossier)].sort()) {
    const programme = dossier.programmes.get(programmeId);
    const terms = programme === undefined ? undefined : termsAt(programme, at)?.data.terms;
    if (terms?.currency !== currency) continue;
    lowest = kinder(lowest, terms);
  }
  return lowest;
}

function kinder(known: PayoutTerms | null, terms: Terms): PayoutTerms {
  const { payoutThresholdCents, minimumCustomers, payoutSchedule } = terms;
  return {
    thresholdCents: Math.min(known?.thresholdCents ?? payoutThresholdCents, payoutThresholdCents),
    minimumCustomers: Math.min(known?.minimumCustomers ?? minimumCustomers, minimumCustomers),
    schedules: [...(known?.schedules ?? []), payoutSchedule],
  };
}

function programmesOf(partnerId: string, at: Instant, dossier: Dossier): ReadonlySet<string> {
  const programmes = new Set<string>();
  const add = (fact: FactOfType<'LinkCreated' | 'CouponIssued'> | undefined) => {
    if (fact === undefined || fact.data.partnerId !== partnerId || fact.occurredAt > at) return;
    programmes.add(fact.data.programmeId);
  };
  for (const link of dossier.links.values()) add(link.created);
  for (const coupon of dossier.coupons.values()) add(coupon.issued);
  return programmes;
}
