import { couponState, linkState, partnerState, programmeState } from '@provisie/domain';
import type { EntityFact } from '@provisie/domain';
import type { CachedKind, EntityCache } from './entity-cache.ts';
import { expectBalanceOf } from './journal.ts';
import { insertion, type Session } from '../database/session.ts';
import type { CouponView, LinkView, PartnerView, ProgrammeView } from '../views.ts';

const putProgramme = insertion('programmes', 'replace');
const putPartner = insertion('partners', 'replace');
const putLink = insertion('links', 'replace');
const putCoupon = insertion('coupons', 'replace');

/** Keeps what the facts of a programme, partner, link or coupon come to, as the API shows it. */
export async function keepEntityView(
  session: Session,
  cache: EntityCache,
  kind: CachedKind,
  key: string,
): Promise<void> {
  const facts = cache.factsOf(kind, key);
  switch (kind) {
    case 'programme':
      return keepProgramme(session, facts);
    case 'partner':
      return keepPartner(session, facts);
    case 'link':
      return keepLink(session, facts);
    case 'coupon':
      return keepCoupon(session, facts);
  }
}

async function keepProgramme(session: Session, facts: readonly EntityFact[]): Promise<void> {
  const state = programmeState(facts);
  if (state === null) return;
  const { programmeId, name, hosts, openedAt, closedAt, terms } = state;
  const view: ProgrammeView = { programmeId, name, hosts, openedAt, closedAt, terms };
  await putProgramme(session, [{ programme_id: programmeId, view: JSON.stringify(view) }]);
}

async function keepPartner(session: Session, facts: readonly EntityFact[]): Promise<void> {
  const state = partnerState(facts);
  if (state === null) return;
  const { partnerId, status } = state;
  const view: PartnerView = {
    partnerId,
    status,
    profile: state.profile,
    appliedAt: state.appliedAt,
    approvedAt: state.approvedAt,
    suspendedAt: state.suspendedAt,
    suspensionReason: state.suspensionReason,
    payoutDetails: state.payoutDetails,
    selfBilling: state.selfBilling,
    review: state.review,
  };
  await putPartner(session, [{ partner_id: partnerId, status, view: JSON.stringify(view) }]);
  await expectBalanceOf(session, partnerId);
}

async function keepLink(session: Session, facts: readonly EntityFact[]): Promise<void> {
  const view: LinkView | null = linkState(facts);
  if (view === null) return;
  await putLink(session, [owned(view)]);
}

async function keepCoupon(session: Session, facts: readonly EntityFact[]): Promise<void> {
  const view: CouponView | null = couponState(facts);
  if (view === null) return;
  await putCoupon(session, [owned(view)]);
}

function owned(view: LinkView | CouponView) {
  const { code, partnerId, programmeId } = view;
  return { code, partner_id: partnerId, programme_id: programmeId, view: JSON.stringify(view) };
}
