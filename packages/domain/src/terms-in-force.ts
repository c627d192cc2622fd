import type { EntityFact } from './facts.ts';
import type { FactOfType } from './event-catalogue.ts';
import { openDossier } from './history/dossier.ts';
import type { Dossier } from './history/dossier.ts';
import { termsAt } from './history/programme-history.ts';
import type { Instant } from './instant.ts';
import type { Cents } from './money.ts';

/** The terms of a programme in force at `at`; null when there are none yet. */
export function termsInForce(
  programmeId: string,
  at: Instant,
  facts: Iterable<EntityFact>,
): FactOfType<'TermsPublished'>['data'] | null {
  const programme = openDossier(facts).programmes.get(programmeId);
  return programme === undefined ? null : (termsAt(programme, at)?.data ?? null);
}

/**
 * Rule 9: the lowest threshold in force at `at` over the programmes in which the partner has a link or a coupon
 * (also one that was disabled or withdrawn since), of those in `currency` when it is given; null without any.
 */
export function payoutThreshold(
  partnerId: string,
  at: Instant,
  facts: Iterable<EntityFact>,
  currency?: string,
): Cents | null {
  const dossier = openDossier(facts);
  let lowest: Cents | null = null;
  for (const programmeId of programmesOf(partnerId, at, dossier)) {
    const programme = dossier.programmes.get(programmeId);
    const terms = programme === undefined ? undefined : termsAt(programme, at)?.data.terms;
    if (terms === undefined || (currency !== undefined && terms.currency !== currency)) continue;
    lowest = Math.min(lowest ?? terms.payoutThresholdCents, terms.payoutThresholdCents);
  }
  return lowest;
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
