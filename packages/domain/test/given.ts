import type { Fact, FactOfType, Facts, Instant, OrderLine, Terms, Utm } from '../src/index.ts';
import { DEFAULT_TERMS, decide, gatherFacts } from '../src/index.ts';
import type { Decision, PayoutLine } from '../src/index.ts';

/** Facts for tests, in a few words each. What a test doesn't say is the ordinary case. */

export const DAY = 86_400_000;
/** Before everything: programmes, partners, links and coupons are there from this moment on. */
export const START: Instant = Date.UTC(2026, 0, 1);
/** So many days after the start. */
export const day = (days: number): Instant => START + days * DAY;
/** When `order()` is placed, unless a test says otherwise. */
export const PLACED: Instant = day(200);

export const customerKey = (name: string) => name.padEnd(43, '-');
export const visitorKey = (name: string) => `visitor-${name}`;
export const uuid = (number: number) =>
  `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;

const SEALED = { keyId: 'vault-1', iv: 'AAAA', ciphertext: 'BBBB' };

const recorded = (occurredAt: Instant) => ({
  id: uuid(0),
  occurredAt,
  recordedAt: occurredAt,
  position: 1,
});

export function programme(
  programmeId: string,
  terms: Partial<Terms> = {},
  at: Instant = START,
): readonly Fact[] {
  return [opened(programmeId, at), published(programmeId, 1, at, terms)];
}

export function opened(programmeId: string, at: Instant = START): Fact {
  const data = { programmeId, name: programmeId, hosts: ['www.example.nl'] };
  return { type: 'ProgrammeOpened', ...recorded(at), data };
}

export function published(
  programmeId: string,
  termsVersion: number,
  effectiveFrom: Instant,
  terms: Partial<Terms> = {},
  at: Instant = effectiveFrom,
): FactOfType<'TermsPublished'> {
  const data = {
    programmeId,
    termsVersion,
    effectiveFrom,
    terms: { ...DEFAULT_TERMS, ...terms },
  };
  return { type: 'TermsPublished', ...recorded(at), data };
}

export function closed(programmeId: string, at: Instant): Fact {
  return { type: 'ProgrammeClosed', ...recorded(at), data: { programmeId } };
}

export function partner(partnerId: string, customers: readonly string[] = []): readonly Fact[] {
  return [applied(partnerId, START, customers), approved(partnerId)];
}

export function applied(
  partnerId: string,
  at: Instant = START,
  customers: readonly string[] = [],
): Fact {
  const data = { partnerId, profile: SEALED, customerKeys: customers.map(customerKey) };
  return { type: 'PartnerApplied', ...recorded(at), data };
}

export function profileChanged(
  partnerId: string,
  at: Instant,
  customers: readonly string[] = [],
): Fact {
  const data = { partnerId, profile: SEALED, customerKeys: customers.map(customerKey) };
  return { type: 'PartnerProfileChanged', ...recorded(at), data };
}

export function approved(partnerId: string, at: Instant = START): Fact {
  return { type: 'PartnerApproved', ...recorded(at), data: { partnerId } };
}

export function suspended(partnerId: string, at: Instant, reason = 'spam'): Fact {
  return { type: 'PartnerSuspended', ...recorded(at), data: { partnerId, reason } };
}

export function reinstated(partnerId: string, at: Instant): Fact {
  return { type: 'PartnerReinstated', ...recorded(at), data: { partnerId } };
}

interface Registration {
  readonly programme?: string;
  readonly at?: Instant;
}

export function link(
  code: string,
  partnerId: string,
  { programme: programmeId = 'affiliate', at = START, utm }: Registration & { utm?: Utm } = {},
): Fact {
  const destination = 'https://www.example.nl/';
  const data = { code, partnerId, programmeId, destination, ...(utm && { utm }) };
  return { type: 'LinkCreated', ...recorded(at), data };
}

export function disabled(code: string, at: Instant): Fact {
  return { type: 'LinkDisabled', ...recorded(at), data: { code } };
}

export function retargeted(code: string, at: Instant, destination: string): Fact {
  return { type: 'LinkRetargeted', ...recorded(at), data: { code, destination } };
}

export function coupon(
  code: string,
  partnerId: string,
  {
    programme: programmeId = 'affiliate',
    at = START,
    validFrom,
    validUntil,
  }: Registration & { validFrom?: Instant; validUntil?: Instant } = {},
): Fact {
  const data = {
    code,
    partnerId,
    programmeId,
    ...(validFrom !== undefined && { validFrom }),
    ...(validUntil !== undefined && { validUntil }),
  };
  return { type: 'CouponIssued', ...recorded(at), data };
}

export function withdrawn(code: string, at: Instant): Fact {
  return { type: 'CouponWithdrawn', ...recorded(at), data: { code } };
}

interface Circumstances {
  readonly visitor?: string;
  readonly bot?: boolean;
  readonly consent?: 'granted' | 'denied' | 'unknown';
  readonly country?: string;
}

const circumstances = (given: Circumstances) => ({
  visitorId: visitorKey(given.visitor ?? 'eva'),
  bot: given.bot ?? false,
  consent: given.consent ?? 'granted',
  ...(given.country !== undefined && { country: given.country }),
});

export function click(
  number: number,
  linkCode: string,
  at: Instant,
  given: Circumstances = {},
): Fact {
  const data = { touchId: uuid(number), linkCode, ...circumstances(given) };
  return { type: 'ClickRecorded', ...recorded(at), data };
}

export function visit(
  number: number,
  at: Instant,
  given: Circumstances & { ref?: string; utm?: Utm; clickId?: number } = {},
): Fact {
  const data = {
    touchId: uuid(number),
    ...(given.ref !== undefined && { ref: given.ref }),
    ...(given.utm !== undefined && { utm: given.utm }),
    ...(given.clickId !== undefined && { clickId: uuid(given.clickId) }),
    ...circumstances(given),
  };
  return { type: 'VisitRecorded', ...recorded(at), data };
}

export function entered(
  number: number,
  couponCode: string,
  at: Instant,
  given: Circumstances = {},
): Fact {
  const data = { touchId: uuid(number), couponCode, ...circumstances(given) };
  return { type: 'CouponEntered', ...recorded(at), data };
}

export function identified(number: number, visitor: string, customer: string, at: Instant): Fact {
  const data = {
    touchId: uuid(number),
    visitorId: visitorKey(visitor),
    customer: customerKey(customer),
    consent: 'granted' as const,
  };
  return { type: 'VisitorIdentified', ...recorded(at), data };
}

const oneLine = (amountCents: number): OrderLine[] => [{ lineId: '1', amountCents }];

interface Order {
  readonly id?: string;
  readonly at?: Instant;
  readonly customer?: string;
  readonly cents?: number;
  readonly currency?: string;
  readonly codes?: readonly string[];
  /** Null: the order names no visitor. */
  readonly visitor?: string | null;
  readonly clickId?: number;
}

export function order(given: Order = {}): Fact {
  const visitor = given.visitor === undefined ? 'eva' : given.visitor;
  const data = {
    orderId: given.id ?? 'o1',
    customer: customerKey(given.customer ?? 'eva'),
    currency: given.currency ?? 'EUR',
    lines: oneLine(given.cents ?? 100_000),
    couponCodes: [...(given.codes ?? [])],
    ...(visitor !== null && { visitorId: visitorKey(visitor) }),
    ...(given.clickId !== undefined && { clickId: uuid(given.clickId) }),
  };
  return { type: 'OrderPlaced', ...recorded(given.at ?? PLACED), data };
}

export function amended(orderId: string, amendmentId: string, at: Instant, cents: number): Fact {
  const data = { orderId, amendmentId, lines: oneLine(cents) };
  return { type: 'OrderAmended', ...recorded(at), data };
}

export function refunded(orderId: string, refundId: string, at: Instant, cents: number): Fact {
  const data = { orderId, refundId, amountCents: cents };
  return { type: 'OrderRefunded', ...recorded(at), data };
}

export function cancelled(orderId: string, at: Instant): Fact {
  return { type: 'OrderCancelled', ...recorded(at), data: { orderId } };
}

export function completed(orderId: string, at: Instant): Fact {
  return { type: 'OrderCompleted', ...recorded(at), data: { orderId } };
}

export function rejected(orderId: string, partnerId: string, at: Instant, reason = 'fraud'): Fact {
  const data = { orderId, partnerId, reason, by: 'key-1' };
  return { type: 'CommissionRejected', ...recorded(at), data };
}

export function restored(orderId: string, partnerId: string, at: Instant): Fact {
  const data = { orderId, partnerId, reason: 'a mistake', by: 'key-1' };
  return { type: 'CommissionReinstated', ...recorded(at), data };
}

interface Line {
  readonly order?: string;
  readonly programme?: string;
  readonly terms?: number;
  readonly touch?: number | string;
  readonly cents?: number;
}

export function payoutLine(given: Line = {}): PayoutLine {
  const touch = given.touch ?? 1;
  return {
    orderId: given.order ?? 'o1',
    programmeId: given.programme ?? 'affiliate',
    termsVersion: given.terms ?? 1,
    touchId: typeof touch === 'number' ? uuid(touch) : touch,
    amountCents: given.cents ?? 10_000,
  };
}

export function scheduled(
  payoutId: string,
  partnerId: string,
  at: Instant,
  lines: readonly Line[] = [{}],
): FactOfType<'PayoutScheduled'> {
  const paid = lines.map(payoutLine);
  const sum = paid.reduce((cents, line) => cents + line.amountCents, 0);
  const data = {
    payoutId,
    partnerId,
    currency: 'EUR',
    amountCents: Math.max(0, sum),
    lines: paid,
  };
  return { type: 'PayoutScheduled', ...recorded(at), data };
}

export function paid(payoutId: string, partnerId: string, at: Instant): Fact {
  return { type: 'PayoutPaid', ...recorded(at), data: { payoutId, partnerId } };
}

export function failed(payoutId: string, partnerId: string, at: Instant): Fact {
  const data = { payoutId, partnerId, reason: 'account closed' };
  return { type: 'PayoutFailed', ...recorded(at), data };
}

export function payoutCancelled(payoutId: string, partnerId: string, at: Instant): Fact {
  const data = { payoutId, partnerId, reason: 'wrong month' };
  return { type: 'PayoutCancelled', ...recorded(at), data };
}

export function writtenOff(
  writeOffId: string,
  partnerId: string,
  at: Instant,
  amountCents: number,
): Fact {
  const data = {
    writeOffId,
    partnerId,
    currency: 'EUR',
    amountCents,
    orderIds: ['o1'],
    reason: 'left the programme',
  };
  return { type: 'BalanceWrittenOff', ...recorded(at), data };
}

/**
 * The merchant of most tests: programme `affiliate` under the default terms; the partners `anna` and `bram`,
 * each with a link and a coupon of their name.
 */
export function merchant(terms: Partial<Terms> = {}): readonly Fact[] {
  return [
    ...programme('affiliate', terms),
    ...partner('anna'),
    ...partner('bram'),
    link('anna', 'anna'),
    link('bram', 'bram'),
    coupon('ANNA', 'anna'),
    coupon('BRAM', 'bram'),
  ];
}

export type Given = Fact | readonly Fact[];

export function factsOf(...given: readonly Given[]): Facts {
  return gatherFacts(given.flat());
}

/** The decision on order `o1` (or another), which must be there. */
export function decided(given: readonly Given[], orderId = 'o1'): Decision {
  const decision = decide(orderId, factsOf(...given));
  if (decision === null) throw new Error(`order ${orderId} isn't among the facts`);
  return decision;
}

/** The partner who got the order; null for nobody. */
export function awardee(...given: readonly Given[]): string | null {
  return decided(given).award?.partnerId ?? null;
}

/** What became of each candidate, latest first, as `touch: result`; touches by their number. */
export function results(...given: readonly Given[]): readonly string[] {
  return decided(given).candidates.map(({ touchId, result }) => `${touchName(touchId)}: ${result}`);
}

export function touchName(touchId: string): string {
  return touchId.startsWith('coupon:') ? touchId : String(Number.parseInt(touchId.slice(24), 16));
}

/** What order `o1` (or another) earns, in cents. */
export function earned(given: readonly Given[], orderId = 'o1'): number {
  return decided(given, orderId).commission?.amountCents ?? 0;
}
