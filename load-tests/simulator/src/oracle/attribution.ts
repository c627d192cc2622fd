import type { FactOfType, Terms } from '@provisie/domain';
import type { Known } from './known.ts';

type Placed = FactOfType<'OrderPlaced'>;
type Touch = FactOfType<'ClickRecorded' | 'VisitRecorded' | 'CouponEntered'>;

/** Somebody who may have brought the order. */
export interface Rival {
  readonly touchId: string;
  readonly partnerId: string;
  readonly programmeId: string;
  readonly isCoupon: boolean;
  /** Null: a code on the order. */
  readonly touch: Touch | null;
  readonly code: string;
  readonly terms: { readonly termsVersion: number; readonly terms: Terms } | null;
  /** Null: it counts. */
  readonly out: string | null;
}

/** Rules 1 to 3: latest first, the codes on the order before all touches. */
export function rivalsOf(placed: Placed, known: Known): readonly Rival[] {
  const touches = touchesOf(placed, known);
  const codes = [...new Set(placed.data.couponCodes.map((code) => code.trim().toUpperCase()))];
  return [
    ...codes.flatMap((code) => couponRival(code, null, placed, known)),
    ...touches.flatMap((touch) => {
      if (touch.type !== 'CouponEntered') return linkRival(touch, placed, known);
      return codes.length > 0 ? [] : couponRival(touch.data.couponCode, touch, placed, known);
    }),
  ];
}

/** Rule 4. */
export function winnerAmong(rivals: readonly Rival[]): Rival | null {
  const counting = rivals.filter(({ out }) => out === null);
  const coupon = counting.find(({ isCoupon }) => isCoupon);
  const link = counting.find(({ isCoupon }) => !isCoupon);
  if (coupon === undefined) return link ?? null;
  return coupon.terms?.terms.precedence === 'link' ? (link ?? coupon) : coupon;
}

export function lossOf(rival: Rival, winner: Rival | null): string {
  if (winner === null || rival === winner) return 'superseded_by_lock';
  if (winner.isCoupon) return 'superseded_by_coupon';
  return rival.isCoupon ? 'superseded_by_link' : 'superseded_by_later_touch';
}

/** Of every visitor tied to the order, up to its placing, latest first. */
function touchesOf({ occurredAt, data }: Placed, known: Known): readonly Touch[] {
  const before: readonly Touch[] = [
    ...known.all('ClickRecorded'),
    ...known.all('VisitRecorded'),
    ...known.all('CouponEntered'),
  ].filter((touch) => touch.occurredAt <= occurredAt);
  const visitorsOfClick = (clickId: string | undefined) =>
    before
      .filter((touch) => touch.type === 'ClickRecorded' && touch.data.touchId === clickId)
      .map((touch) => touch.data.visitorId);
  const identified = known
    .all('VisitorIdentified')
    .filter((fact) => fact.data.customer === data.customer && fact.occurredAt <= occurredAt)
    .map((fact) => fact.data.visitorId);
  const own = data.visitorId === undefined ? [] : [data.visitorId];
  const direct = new Set([...own, ...visitorsOfClick(data.clickId), ...identified]);
  const behind = before.flatMap((touch) =>
    touch.type === 'VisitRecorded' && direct.has(touch.data.visitorId)
      ? visitorsOfClick(touch.data.clickId)
      : [],
  );
  const tied = new Set([...direct, ...behind]);
  return before
    .filter((touch) => tied.has(touch.data.visitorId))
    .toSorted((a, b) => b.occurredAt - a.occurredAt || (a.data.touchId < b.data.touchId ? 1 : -1));
}

function couponRival(
  code: string,
  touch: Touch | null,
  placed: Placed,
  known: Known,
): readonly Rival[] {
  const issued = known.all('CouponIssued').find(({ data }) => data.code === code);
  if (issued === undefined) return [];
  const { partnerId, programmeId } = issued.data;
  const touchId = touch?.data.touchId ?? `coupon:${code}`;
  const terms = known.termsAt(programmeId, placed.occurredAt);
  const rival = { touchId, partnerId, programmeId, isCoupon: true, touch, code, terms };
  return [{ ...rival, out: exclusionOf(rival, placed, known) }];
}

function linkRival(touch: Touch, placed: Placed, known: Known): readonly Rival[] {
  const link = linkOf(touch, known);
  if (link === undefined) return [];
  const { code, partnerId, programmeId } = link.data;
  const { touchId } = touch.data;
  const terms = known.termsAt(programmeId, placed.occurredAt);
  const rival = { touchId, partnerId, programmeId, isCoupon: false, touch, code, terms };
  return [{ ...rival, out: exclusionOf(rival, placed, known) }];
}

function linkOf(touch: Touch, known: Known): FactOfType<'LinkCreated'> | undefined {
  const links = known.all('LinkCreated');
  if (touch.type === 'ClickRecorded') {
    return links.find(({ data }) => data.code === touch.data.linkCode);
  }
  if (touch.type !== 'VisitRecorded') return undefined;
  const named = links.find(({ data }) => data.code === touch.data.ref);
  if (named !== undefined && named.occurredAt <= touch.occurredAt) return named;
  const utm = utmText(touch.data.utm);
  const byUtm = links
    .filter((link) => link.occurredAt <= touch.occurredAt)
    .filter((link) => utm !== '' && utmText(link.data.utm) === utm)
    .toSorted((a, b) => a.occurredAt - b.occurredAt || (a.data.code < b.data.code ? -1 : 1));
  return byUtm.at(-1) ?? named;
}

function utmText(utm: object | undefined): string {
  return Object.entries(utm ?? {})
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .join(' ');
}

/** Rule 3: the first reason that applies. */
function exclusionOf(rival: Omit<Rival, 'out'>, placed: Placed, known: Known): string | null {
  const { touch, terms } = rival;
  const at = placed.occurredAt;
  if (touch !== null && touch.data.bot) return 'bot';
  if (touch !== null && terms !== null && isConsentMissing(touch, terms.terms)) {
    return 'consent_denied';
  }
  if (terms === null || !isOpen(rival.programmeId, at, known)) return 'programme_closed';
  if (!isActive(rival.partnerId, at, known)) return 'partner_not_active';
  if (touch !== null && !rival.isCoupon && isLinkDisabled(rival.code, touch.occurredAt, known)) {
    return 'link_disabled';
  }
  if (rival.isCoupon && !isCouponValid(rival.code, at, known)) return 'coupon_not_valid';
  if (isOwnOrder(rival.partnerId, placed, known)) return 'self_referral';
  if (terms.terms.currency !== placed.data.currency) return 'currency_mismatch';
  if (touch !== null && touch.occurredAt < at - terms.terms.windowDays * 86_400_000) {
    return 'outside_window';
  }
  return null;
}

function isConsentMissing({ data }: Touch, { consent }: Terms): boolean {
  const mode = consent.countries[data.country ?? ''] ?? consent.default;
  if (mode === 'required') return data.consent !== 'granted';
  return mode === 'exempt' && data.consent === 'denied';
}

function isOpen(programmeId: string, at: number, known: Known): boolean {
  const opened = known
    .all('ProgrammeOpened')
    .filter(({ data }) => data.programmeId === programmeId);
  const closed = known
    .all('ProgrammeClosed')
    .filter(({ data }) => data.programmeId === programmeId);
  return (
    opened.some((fact) => fact.occurredAt <= at) && !closed.some((fact) => fact.occurredAt <= at)
  );
}

/** At one millisecond the suspension wins. */
export function isActive(partnerId: string, at: number, known: Known): boolean {
  const latest = (type: 'PartnerApproved' | 'PartnerSuspended' | 'PartnerReinstated') =>
    Math.max(
      ...known
        .all(type)
        .filter((fact) => fact.data.partnerId === partnerId && fact.occurredAt <= at)
        .map((fact) => fact.occurredAt),
    );
  const admitted = Math.max(latest('PartnerApproved'), latest('PartnerReinstated'));
  return latest('PartnerApproved') > -Infinity && admitted > latest('PartnerSuspended');
}

function isLinkDisabled(code: string, at: number, known: Known): boolean {
  const created = known.all('LinkCreated').find(({ data }) => data.code === code);
  const disabled = known.all('LinkDisabled').find(({ data }) => data.code === code);
  if (created === undefined || created.occurredAt > at) return true;
  return disabled !== undefined && disabled.occurredAt <= at;
}

function isCouponValid(code: string, at: number, known: Known): boolean {
  const issued = known.all('CouponIssued').find(({ data }) => data.code === code);
  const withdrawn = known.all('CouponWithdrawn').find(({ data }) => data.code === code);
  if (issued === undefined || (issued.data.validFrom ?? issued.occurredAt) > at) return false;
  if (issued.data.validUntil !== undefined && issued.data.validUntil < at) return false;
  return withdrawn === undefined || withdrawn.occurredAt > at;
}

function isOwnOrder(partnerId: string, placed: Placed, known: Known): boolean {
  return known
    .all('PartnerApplied')
    .some(
      ({ data }) =>
        data.partnerId === partnerId && data.customerKeys.includes(placed.data.customer),
    );
}
