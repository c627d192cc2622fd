import type { FactOfType } from '../event-catalogue.ts';
import type { EntityFact } from '../facts.ts';
import { addCouponFact, newCouponHistory } from './coupon-history.ts';
import type { CouponHistory } from './coupon-history.ts';
import { addLinkFact, newLinkHistory } from './link-history.ts';
import type { LinkHistory } from './link-history.ts';
import { addOrderFact, newOrderHistory } from './order-history.ts';
import type { OrderHistory } from './order-history.ts';
import { addPartnerFact, newPartnerHistory } from './partner-history.ts';
import type { PartnerHistory } from './partner-history.ts';
import { addPayoutFact, newPayoutHistory } from './payout-history.ts';
import type { PayoutHistory } from './payout-history.ts';
import { addProgrammeFact, newProgrammeHistory } from './programme-history.ts';
import type { ProgrammeHistory } from './programme-history.ts';

export type VerdictFact = FactOfType<'CommissionRejected' | 'CommissionReinstated'>;
export type WriteOffFact = FactOfType<'BalanceWrittenOff'>;

/** The facts by what they are about, each fact once: what a decision looks things up in. */
export interface Dossier {
  readonly programmes: Map<string, ProgrammeHistory>;
  readonly partners: Map<string, PartnerHistory>;
  readonly links: Map<string, LinkHistory>;
  readonly coupons: Map<string, CouponHistory>;
  readonly orders: Map<string, OrderHistory>;
  readonly payouts: Map<string, PayoutHistory>;
  readonly verdicts: VerdictFact[];
  readonly writeOffs: WriteOffFact[];
}

export function openDossier(facts: Iterable<EntityFact>): Dossier {
  const dossier: Dossier = {
    programmes: new Map(),
    partners: new Map(),
    links: new Map(),
    coupons: new Map(),
    orders: new Map(),
    payouts: new Map(),
    verdicts: [],
    writeOffs: [],
  };
  for (const fact of facts) file(dossier, fact);
  return dossier;
}

function file(dossier: Dossier, fact: EntityFact): void {
  switch (fact.type) {
    case 'ProgrammeOpened':
    case 'TermsPublished':
    case 'ProgrammeClosed':
      addProgrammeFact(entry(dossier.programmes, fact.data.programmeId, newProgrammeHistory), fact);
      break;
    case 'PartnerApplied':
    case 'PartnerApproved':
    case 'PartnerSuspended':
    case 'PartnerReinstated':
    case 'PartnerProfileChanged':
    case 'PayoutDetailsChanged':
    case 'PayoutDetailsRemoved':
    case 'SelfBillingAgreed':
    case 'SelfBillingEnded':
    case 'PartnerReviewOpened':
    case 'PartnerReviewClosed':
      addPartnerFact(entry(dossier.partners, fact.data.partnerId, newPartnerHistory), fact);
      break;
    case 'LinkCreated':
    case 'LinkRetargeted':
    case 'LinkDisabled':
      addLinkFact(entry(dossier.links, fact.data.code, newLinkHistory), fact);
      break;
    case 'CouponIssued':
    case 'CouponWithdrawn':
      addCouponFact(entry(dossier.coupons, fact.data.code, newCouponHistory), fact);
      break;
    case 'OrderPlaced':
    case 'OrderAmended':
    case 'OrderCompleted':
    case 'OrderRefunded':
    case 'OrderCancelled':
      addOrderFact(entry(dossier.orders, fact.data.orderId, newOrderHistory), fact);
      break;
    case 'PayoutScheduled':
    case 'PayoutExported':
    case 'PayoutPaid':
    case 'PayoutFailed':
    case 'PayoutCancelled':
      addPayoutFact(entry(dossier.payouts, fact.data.payoutId, newPayoutHistory), fact);
      break;
    case 'CommissionRejected':
    case 'CommissionReinstated':
      dossier.verdicts.push(fact);
      break;
    case 'BalanceWrittenOff':
      dossier.writeOffs.push(fact);
      break;
  }
}

function entry<History>(
  histories: Map<string, History>,
  id: string,
  start: () => History,
): History {
  const known = histories.get(id);
  if (known !== undefined) return known;
  const history = start();
  histories.set(id, history);
  return history;
}
