import type { StatementLine } from '@provisie/read-model';

type Told = Pick<
  StatementLine,
  'causeType' | 'orderId' | 'payoutId' | 'writeOffId' | 'account' | 'amountCents'
>;

/** A line of a statement in words: `Order webshop-1042: refunded, commission lowered`. */
export function statementText(line: Told): string {
  return `${subjectOf(line)}: ${happenedIn(line)}, ${effectOf(line)}`;
}

function subjectOf({ orderId, payoutId, writeOffId }: Told): string {
  if (orderId !== null) return `Order ${orderId}`;
  if (payoutId !== null) return `Payout ${payoutId}`;
  return writeOffId === null ? 'Account' : `Write-off ${writeOffId}`;
}

/** What stands behind an order's line when something else than the order changed. */
const DECIDED_ANEW = 'decided anew';

const HAPPENED: Readonly<Record<string, string>> = {
  OrderPlaced: 'placed',
  OrderAmended: 'changed',
  OrderRefunded: 'refunded',
  OrderCancelled: 'cancelled',
  OrderCompleted: 'completed',
  CommissionRejected: 'commission rejected',
  CommissionReinstated: 'rejection taken back',
  ClickRecorded: 'a click became known',
  VisitRecorded: 'a visit became known',
  CouponEntered: 'an entered coupon became known',
  VisitorIdentified: 'the customer was recognised',
  PartnerApproved: 'partner approved',
  PartnerSuspended: 'partner suspended',
  PartnerReinstated: 'partner reinstated',
  PartnerProfileChanged: 'profile changed',
  LinkCreated: 'link created',
  LinkDisabled: 'link disabled',
  CouponIssued: 'coupon issued',
  CouponWithdrawn: 'coupon withdrawn',
  ProgrammeOpened: 'programme opened',
  ProgrammeClosed: 'programme closed',
  TermsPublished: 'terms published',
  PayoutScheduled: 'payout scheduled',
  PayoutPaid: 'payout paid',
  PayoutFailed: 'payout failed',
  PayoutCancelled: 'payout cancelled',
  BalanceWrittenOff: 'written off',
};

/** What was placed or completed begins in hold and leaves it by itself. */
const BEGINNINGS = new Set(['OrderPlaced', 'OrderCompleted']);

function happenedIn({ causeType, orderId, account, amountCents }: Told): string {
  const isRelease = BEGINNINGS.has(causeType) && (account === 'partner_payable' || amountCents < 0);
  if (isRelease && orderId !== null) return 'hold ended';
  return HAPPENED[causeType] ?? DECIDED_ANEW;
}

function effectOf({ account, amountCents, orderId }: Told): string {
  const isMore = amountCents > 0;
  switch (account) {
    case 'partner_pending':
      return isMore ? 'commission in hold' : 'no longer in hold';
    case 'partner_payable':
      if (orderId === null) return isMore ? 'to be paid again' : 'no longer owed';
      return isMore ? 'commission payable' : 'commission lowered';
    case 'clawback_receivable':
      return isMore ? 'no longer to be taken back' : 'to be taken back';
    default:
      return isMore ? 'in your favour' : 'not in your favour';
  }
}
