import type { EntityFact, Facts, Instant, Terms, TouchFact } from '../src/index.ts';

/**
 * The rules once more, as plainly as can be and sharing nothing with the domain: everything is found by
 * filtering and sorting whole lists. Slow, and only here to disagree when one of the two is wrong.
 */
export interface NaiveResult {
  readonly partnerId: string;
  readonly touchId: string;
  readonly amountCents: number;
}

type Of<Type extends EntityFact['type']> = Extract<EntityFact, { readonly type: Type }>;

export function naiveDecision(orderId: string, facts: Facts): NaiveResult | null {
  const entities = onlySmallest(facts.entities, entityKey, (fact) => fact.data, toldAt);
  const log: Log = {
    touches: onlySmallest(facts.touches, (touch) => touch.touchId, withoutRecordedAt),
    identifications: onlySmallest(facts.identifications, (fact) => fact.touchId, withoutRecordedAt),
    all: (type) => entities.filter((fact): fact is Of<typeof type> => fact.type === type),
  };
  const placed = log.all('OrderPlaced').find((fact) => fact.data.orderId === orderId);
  if (placed === undefined) return null;
  const lock = lockOn(orderId, log);
  const winner = lock === null ? winnerOf(placed, log) : lockedWinner(lock);
  if (winner === null) return null;
  const amountCents = amountFor(placed, winner.terms, log);
  return { partnerId: winner.partnerId, touchId: winner.touchId, amountCents };
}

interface Log {
  readonly touches: readonly TouchFact[];
  readonly identifications: Facts['identifications'];
  readonly all: <Type extends EntityFact['type']>(type: Type) => readonly Of<Type>[];
}

interface Winner {
  readonly partnerId: string;
  readonly touchId: string;
  readonly terms: Terms;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const sorted = entries.toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(',')}}`;
}

/** Of two states of an order in a shop, the earlier placed it. */
function toldAt(fact: EntityFact): number {
  return fact.type === 'OrderPlaced' ? (fact.data.source?.modifiedAt ?? -1) : -1;
}

const withoutRecordedAt = (fact: object): object => ({ ...fact, recordedAt: undefined });

function onlySmallest<F extends { readonly occurredAt: Instant }>(
  facts: readonly F[],
  keyOf: (fact: F) => string,
  contentOf: (fact: F) => object,
  before: (fact: F) => number = () => 0,
): readonly F[] {
  const groups = Map.groupBy(facts, keyOf);
  return [...groups.values()].flatMap(
    (group) =>
      group.toSorted(
        (a, b) =>
          before(a) - before(b) ||
          a.occurredAt - b.occurredAt ||
          (canonical(contentOf(a)) < canonical(contentOf(b)) ? -1 : 1),
      )[0] ?? [],
  );
}

/** Facts that may happen again and again have a key of their own each. */
function entityKey(fact: EntityFact): string {
  const repeatable = [
    'PartnerApproved',
    'PartnerApplied',
    'PartnerProfileChanged',
    'PartnerSuspended',
    'PartnerReinstated',
    'LinkRetargeted',
    'CommissionRejected',
    'CommissionReinstated',
  ];
  const names = new Set([
    'programmeId',
    'termsVersion',
    'code',
    'orderId',
    'amendmentId',
    'refundId',
  ]);
  const data: object = fact.data;
  if (repeatable.includes(fact.type)) return canonical([fact.type, fact.occurredAt, data]);
  if ('payoutId' in fact.data) return `${fact.type} ${fact.data.payoutId}`;
  if ('writeOffId' in fact.data) return `${fact.type} ${fact.data.writeOffId}`;
  // A coupon and a link name their programme, but only the code is their key.
  const key = Object.entries(data).filter(
    ([name]) => names.has(name) && !('code' in data && name === 'programmeId'),
  );
  return canonical([fact.type, key]);
}

const latest = <F extends { readonly occurredAt: Instant }>(facts: readonly F[]): F | undefined =>
  facts.toSorted((a, b) => a.occurredAt - b.occurredAt).at(-1);

function termsFor(programmeId: string, at: Instant, log: Log): Terms | null {
  const begun = log
    .all('TermsPublished')
    .filter(({ data }) => data.programmeId === programmeId && data.effectiveFrom <= at)
    .toSorted(
      (a, b) =>
        a.data.effectiveFrom - b.data.effectiveFrom || a.data.termsVersion - b.data.termsVersion,
    );
  return begun.at(-1)?.data.terms ?? null;
}

interface Rival {
  readonly touchId: string;
  readonly partnerId: string;
  readonly programmeId: string;
  readonly isCoupon: boolean;
  readonly touch: TouchFact | null;
  readonly code: string;
}

function winnerOf(placed: Of<'OrderPlaced'>, log: Log): Winner | null {
  const counting = [...couponRivals(placed, log), ...linkRivals(placed, log)].filter((rival) =>
    counts(rival, placed, log),
  );
  const coupon = counting.find((rival) => rival.isCoupon);
  const link = counting.find((rival) => !rival.isCoupon);
  const turned =
    coupon !== undefined &&
    termsFor(coupon.programmeId, placed.occurredAt, log)?.precedence === 'link';
  const winner = turned ? (link ?? coupon) : (coupon ?? link);
  const terms = winner && termsFor(winner.programmeId, placed.occurredAt, log);
  return winner && terms ? { ...winner, terms } : null;
}

function touchesOf(placed: Of<'OrderPlaced'>, log: Log): readonly TouchFact[] {
  const before = log.touches.filter((touch) => touch.occurredAt <= placed.occurredAt);
  const visitorOfClick = (clickId: string | null | undefined) =>
    before.find((touch) => touch.kind === 'click' && touch.touchId === clickId)?.visitorId;
  const direct = [
    placed.data.visitorId,
    visitorOfClick(placed.data.clickId),
    ...log.identifications
      .filter((fact) => fact.customer === placed.data.customer)
      .filter((fact) => fact.occurredAt <= placed.occurredAt)
      .map((fact) => fact.visitorId),
  ];
  const hopped = before
    .filter((touch) => touch.kind === 'visit' && direct.includes(touch.visitorId))
    .map((touch) => visitorOfClick(touch.clickId));
  return before
    .filter((touch) => [...direct, ...hopped].includes(touch.visitorId))
    .toSorted((a, b) => b.occurredAt - a.occurredAt || (a.touchId < b.touchId ? 1 : -1));
}

function couponRivals(placed: Of<'OrderPlaced'>, log: Log): readonly Rival[] {
  const used: readonly { readonly code: string; readonly touch: TouchFact | null }[] =
    placed.data.couponCodes.length > 0
      ? placed.data.couponCodes.map((code) => ({ code: code.trim().toUpperCase(), touch: null }))
      : touchesOf(placed, log).flatMap((touch) =>
          touch.couponCode === null ? [] : [{ code: touch.couponCode, touch }],
        );
  return used.flatMap(({ code, touch }) =>
    log
      .all('CouponIssued')
      .filter(({ data }) => data.code === code)
      .map(({ data: { partnerId, programmeId } }) => {
        const touchId = touch?.touchId ?? `coupon:${code}`;
        return { touchId, partnerId, programmeId, isCoupon: true, touch, code };
      }),
  );
}

function linkRivals(placed: Of<'OrderPlaced'>, log: Log): readonly Rival[] {
  return touchesOf(placed, log)
    .filter((touch) => touch.kind !== 'coupon_entered')
    .flatMap((touch) => {
      const link = linkOf(touch, log);
      if (link === undefined) return [];
      const { code, partnerId, programmeId } = link.data;
      return [{ touchId: touch.touchId, partnerId, programmeId, isCoupon: false, touch, code }];
    });
}

function linkOf(touch: TouchFact, log: Log): Of<'LinkCreated'> | undefined {
  const links = log.all('LinkCreated');
  const named = links.find((link) => link.data.code === touch.linkCode);
  const byUtm = links
    .filter((link) => link.occurredAt <= touch.occurredAt)
    .filter((link) => canonical(link.data.utm ?? {}) === canonical(touch.utm ?? {}))
    .filter((link) => canonical(link.data.utm ?? {}) !== '{}')
    .toSorted((a, b) => a.occurredAt - b.occurredAt || (a.data.code < b.data.code ? -1 : 1))
    .at(-1);
  if (touch.kind === 'click') return named;
  const existed = named !== undefined && named.occurredAt <= touch.occurredAt;
  return existed ? named : (byUtm ?? named);
}

function counts(rival: Rival, placed: Of<'OrderPlaced'>, log: Log): boolean {
  const { programmeId, partnerId, touch } = rival;
  const at = placed.occurredAt;
  const terms = termsFor(programmeId, at, log);
  const opened = log.all('ProgrammeOpened').find((fact) => fact.data.programmeId === programmeId);
  const closed = log.all('ProgrammeClosed').find((fact) => fact.data.programmeId === programmeId);
  if (terms === null || opened === undefined || opened.occurredAt > at) return false;
  if (closed !== undefined && closed.occurredAt <= at) return false;
  if (terms.currency !== placed.data.currency) return false;
  if (!isActive(partnerId, at, log) || isOwn(partnerId, placed, log)) return false;
  if (rival.isCoupon && !isValid(rival.code, at, log)) return false;
  if (touch === null) return true;
  const mode = terms.consent.countries[touch.country ?? ''] ?? terms.consent.default;
  if (touch.bot || (mode === 'required' && touch.consent !== 'granted')) return false;
  if (mode === 'exempt' && touch.consent === 'denied') return false;
  if (at - touch.occurredAt > terms.windowDays * 86_400_000) return false;
  return rival.isCoupon || isEnabled(rival.code, touch.occurredAt, log);
}

function isActive(partnerId: string, at: Instant, log: Log): boolean {
  const by = <F extends Of<'PartnerApproved' | 'PartnerSuspended' | 'PartnerReinstated'>>(
    facts: readonly F[],
  ) => latest(facts.filter((fact) => fact.data.partnerId === partnerId && fact.occurredAt <= at));
  const approval = by(log.all('PartnerApproved'));
  const suspension = by(log.all('PartnerSuspended'));
  const reinstating = by(log.all('PartnerReinstated'));
  if (approval === undefined) return false;
  if (suspension === undefined) return true;
  return Math.max(approval.occurredAt, reinstating?.occurredAt ?? 0) > suspension.occurredAt;
}

function isOwn(partnerId: string, placed: Of<'OrderPlaced'>, log: Log): boolean {
  const profiles = [...log.all('PartnerApplied'), ...log.all('PartnerProfileChanged')]
    .filter((fact) => fact.data.partnerId === partnerId)
    .toSorted(
      (a, b) =>
        a.occurredAt - b.occurredAt ||
        (a.type === b.type ? 0 : a.type === 'PartnerApplied' ? -1 : 1) ||
        (canonical(a.data) < canonical(b.data) ? 1 : -1),
    );
  const by = profiles.filter((fact) => fact.occurredAt <= placed.occurredAt);
  const first = profiles.filter((fact) => fact.occurredAt === profiles[0]?.occurredAt);
  return (by.at(-1) ?? first.at(-1))?.data.customerKeys.includes(placed.data.customer) === true;
}

function isValid(code: string, at: Instant, log: Log): boolean {
  const issued = log.all('CouponIssued').find((fact) => fact.data.code === code);
  const withdrawn = log.all('CouponWithdrawn').find((fact) => fact.data.code === code);
  if (issued === undefined || issued.occurredAt > at) return false;
  return withdrawn === undefined || withdrawn.occurredAt > at;
}

function isEnabled(code: string, at: Instant, log: Log): boolean {
  const created = log.all('LinkCreated').find((fact) => fact.data.code === code);
  const disabled = log.all('LinkDisabled').find((fact) => fact.data.code === code);
  if (created === undefined || created.occurredAt > at) return false;
  return disabled === undefined || disabled.occurredAt > at;
}

interface NaiveLock {
  readonly at: Instant;
  readonly partnerId: string;
  readonly touchId: string;
  readonly terms: Terms;
}

function lockOn(orderId: string, log: Log): NaiveLock | null {
  const cancelled = new Set(log.all('PayoutCancelled').map((fact) => fact.data.payoutId));
  const locks = log
    .all('PayoutScheduled')
    .filter((fact) => !cancelled.has(fact.data.payoutId))
    .toSorted((a, b) => a.occurredAt - b.occurredAt || (a.data.payoutId < b.data.payoutId ? -1 : 1))
    .flatMap((fact) => {
      const line = fact.data.lines.find((line) => line.orderId === orderId);
      const published = log
        .all('TermsPublished')
        .filter((terms) => terms.data.programmeId === line?.programmeId)
        .find((terms) => terms.data.termsVersion === line?.termsVersion);
      if (line === undefined || published === undefined) return [];
      const { terms } = published.data;
      const { partnerId } = fact.data;
      return [{ at: fact.occurredAt, partnerId, touchId: line.touchId, terms }];
    });
  return locks[0] ?? null;
}

const lockedWinner = ({ partnerId, touchId, terms }: NaiveLock): Winner => ({
  partnerId,
  touchId,
  terms,
});

function baseFor(orderId: string, log: Log): number {
  const lock = lockOn(orderId, log);
  const cancelled = log.all('OrderCancelled').some((fact) => fact.data.orderId === orderId);
  const placed = log.all('OrderPlaced').find((fact) => fact.data.orderId === orderId);
  const amended = log
    .all('OrderAmended')
    .filter((fact) => fact.data.orderId === orderId)
    .filter((fact) => lock === null || fact.occurredAt < lock.at)
    .toSorted(
      (a, b) => a.occurredAt - b.occurredAt || (a.data.amendmentId < b.data.amendmentId ? -1 : 1),
    );
  const lines = (amended.at(-1) ?? placed)?.data.lines ?? [];
  const refunds = log.all('OrderRefunded').filter((fact) => fact.data.orderId === orderId);
  const sum = (amounts: readonly { readonly amountCents: number }[]) =>
    amounts.reduce((total, { amountCents }) => total + amountCents, 0);
  return cancelled ? 0 : Math.max(0, sum(lines) - sum(refunds.map((fact) => fact.data)));
}

function amountFor(placed: Of<'OrderPlaced'>, terms: Terms, log: Log): number {
  const base = baseFor(placed.data.orderId, log);
  if (base === 0 || !hasPlace(placed, terms, log)) return 0;
  const { reward } = terms;
  return reward.kind === 'fixed'
    ? reward.amountCents
    : Math.floor((base * reward.rateBps + 5000) / 10_000);
}

/** Without locks only: who tells by whom a lock's place is taken would have to do what the domain does. */
function hasPlace(placed: Of<'OrderPlaced'>, { reward }: Terms, log: Log): boolean {
  const { scope } = reward;
  if (scope.orders === 'every_order') return true;
  const earlier = log
    .all('OrderPlaced')
    .filter((other) => other.data.customer === placed.data.customer)
    .filter((other) => baseFor(other.data.orderId, log) > 0)
    .filter(
      (other) =>
        other.occurredAt < placed.occurredAt ||
        (other.occurredAt === placed.occurredAt && other.data.orderId < placed.data.orderId),
    );
  return earlier.length < (scope.orders === 'first_order' ? 1 : scope.count);
}
