import { createHash } from 'node:crypto';
import {
  DEFAULT_TERMS,
  eventCatalogue,
  MILLISECONDS_PER_DAY,
  vatParts,
  vatRateBps,
  vatTreatmentOf,
} from '@provisie/domain';
import type { EventPayload, EventType, TaxProfile, Terms } from '@provisie/domain';
import type { NewEvent, RecordedEvent } from '@provisie/event-store';

/** A moment some days after 2026-01-01, plus milliseconds. */
export function day(days: number, ms = 0): number {
  return Date.UTC(2026, 0, 1) + days * MILLISECONDS_PER_DAY + ms;
}

/** A UUID that is always the same for the same name. */
export function uuid(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const visitor = (name: string) => `visitor-${name}`;
export const customer = (name: string) => name.padEnd(43, '_');

export interface Written {
  readonly stream: string;
  readonly event: NewEvent;
}

let written = 0;

/** An event as a part of the system would append it. */
export function event<Type extends EventType>(
  type: Type,
  occurredAt: number,
  data: EventPayload<Type>,
  stream = `test-${type}`,
): Written {
  written += 1;
  const { version } = eventCatalogue[type];
  return { stream, event: { id: uuid(`event ${written}`), type, version, occurredAt, data } };
}

/** As `recorded`, but each so many days after the one before, so that days end among them. */
export function recordedOverDays(events: readonly Written[], daysApart: number): RecordedEvent[] {
  return recorded(events).map((event, index) =>
    Object.assign(event, { recordedAt: day(index * daysApart) }),
  );
}

/** Events as a log would give them back, recorded a second apart. */
export function recorded(events: readonly Written[]): RecordedEvent[] {
  return events.map(({ stream, event }, index) => ({
    id: event.id,
    type: event.type,
    version: event.version,
    occurredAt: event.occurredAt,
    data: event.data,
    metadata: {},
    stream,
    revision: index,
    position: index + 1,
    recordedAt: day(400) + index * 1000,
  }));
}

const profile = { keyId: 'key', iv: 'aXY', ciphertext: 'c2VhbGVk' };

export const programme = (programmeId: string, at: number, name = programmeId) =>
  event('ProgrammeOpened', at, { programmeId, name, hosts: ['shop.example'] });
export const terms = (
  programmeId: string,
  termsVersion: number,
  effectiveFrom: number,
  changes: Partial<Terms> = {},
  at = effectiveFrom,
) =>
  event('TermsPublished', at, {
    programmeId,
    termsVersion,
    effectiveFrom,
    terms: { ...DEFAULT_TERMS, ...changes },
  });
export const applied = (partnerId: string, at: number, customerKeys: string[] = []) =>
  event('PartnerApplied', at, { partnerId, profile, customerKeys });
export const profileChanged = (partnerId: string, at: number, customerKeys: string[] = []) =>
  event('PartnerProfileChanged', at, { partnerId, profile, customerKeys });
export const approved = (partnerId: string, at: number) =>
  event('PartnerApproved', at, { partnerId });
export const link = (
  code: string,
  partnerId: string,
  at: number,
  rest: { programmeId?: string; utm?: EventPayload<'LinkCreated'>['utm'] } = {},
) =>
  event('LinkCreated', at, {
    code,
    programmeId: rest.programmeId ?? 'affiliate',
    partnerId,
    destination: 'https://shop.example/',
    ...(rest.utm === undefined ? {} : { utm: rest.utm }),
  });
export const coupon = (code: string, partnerId: string, at: number, programmeId = 'affiliate') =>
  event('CouponIssued', at, { code, programmeId, partnerId });

interface TouchRest {
  readonly touch?: string;
  readonly bot?: boolean;
  readonly utm?: EventPayload<'ClickRecorded'>['utm'];
  readonly stream?: string;
}

const circumstances = (name: string, bot = false) => ({
  visitorId: visitor(name),
  bot,
  consent: 'unknown' as const,
});
const withUtm = (utm: EventPayload<'ClickRecorded'>['utm']) => (utm === undefined ? {} : { utm });

export const click = (who: string, linkCode: string, at: number, rest: TouchRest = {}) => {
  const touchId = uuid(rest.touch ?? `click ${who} ${linkCode} ${at}`);
  return event(
    'ClickRecorded',
    at,
    { touchId, linkCode, ...circumstances(who, rest.bot), ...withUtm(rest.utm) },
    rest.stream ?? 'touches-node-1',
  );
};
export const visit = (
  who: string,
  at: number,
  rest: TouchRest & { ref?: string; clickId?: string } = {},
) => {
  const touchId = uuid(rest.touch ?? `visit ${who} ${at}`);
  return event(
    'VisitRecorded',
    at,
    {
      touchId,
      ...circumstances(who, rest.bot),
      ...withUtm(rest.utm),
      ...(rest.ref === undefined ? {} : { ref: rest.ref }),
      ...(rest.clickId === undefined ? {} : { clickId: rest.clickId }),
    },
    rest.stream ?? 'touches-node-1',
  );
};
export const entered = (who: string, couponCode: string, at: number) =>
  event(
    'CouponEntered',
    at,
    { touchId: uuid(`entered ${who} ${couponCode} ${at}`), couponCode, ...circumstances(who) },
    'touches-node-1',
  );
export const identified = (who: string, as: string, at: number, touch?: string) =>
  event(
    'VisitorIdentified',
    at,
    {
      touchId: uuid(touch ?? `identified ${who} ${as} ${at}`),
      visitorId: visitor(who),
      customer: customer(as),
      consent: 'unknown',
    },
    'touches-node-1',
  );

export const order = (
  orderId: string,
  as: string,
  at: number,
  rest: {
    amountCents?: number;
    codes?: string[];
    visitor?: string;
    clickId?: string;
    currency?: string;
    /** As of when a shop told of it. */
    toldAt?: number;
  } = {},
) =>
  event('OrderPlaced', at, {
    orderId,
    customer: customer(as),
    currency: rest.currency ?? 'EUR',
    lines: [{ lineId: '1', amountCents: rest.amountCents ?? 70_000 }],
    couponCodes: rest.codes ?? [],
    ...(rest.visitor === undefined ? {} : { visitorId: visitor(rest.visitor) }),
    ...(rest.clickId === undefined ? {} : { clickId: rest.clickId }),
    ...(rest.toldAt === undefined
      ? {}
      : { source: { shopId: 'shop', externalId: orderId, modifiedAt: rest.toldAt } }),
  });
export const refund = (orderId: string, refundId: string, at: number, amountCents: number) =>
  event('OrderRefunded', at, { orderId, refundId, amountCents });
export const cancelled = (orderId: string, at: number) => event('OrderCancelled', at, { orderId });

export interface Line {
  readonly orderId: string;
  readonly touchId: string;
  readonly amountCents: number;
  readonly termsVersion?: number;
}

/** A payout whose amounts add up. */
export const scheduled = (
  payoutId: string,
  partnerId: string,
  at: number,
  lines: readonly Line[],
  rest: { runId?: string; taxProfile?: TaxProfile; currency?: string } = {},
) => {
  const taxProfile = rest.taxProfile ?? 'private_person';
  const treatment = vatTreatmentOf(taxProfile);
  const vat = vatParts(
    lines.map(({ amountCents }) => ({
      amountCents,
      treatment,
      rateBps: vatRateBps(treatment, at),
    })),
  );
  const amountCents = lines.reduce((sum, line) => sum + line.amountCents, 0);
  return event('PayoutScheduled', at, {
    payoutId,
    runId: rest.runId ?? 'run-1',
    partnerId,
    currency: rest.currency ?? 'EUR',
    amountCents,
    vat: [...vat],
    totalCents: vat.reduce((sum, part) => sum + part.vatCents, amountCents),
    taxProfile,
    payoutDetailsId: uuid('details'),
    lines: lines.map((line) => ({ programmeId: 'affiliate', termsVersion: 1, ...line })),
  });
};
export const document = (
  payout: Written,
  number: string,
  kind: EventPayload<'DocumentIssued'>['kind'],
  totalCents: number,
  rest: { about?: EventPayload<'DocumentIssued'>['about']; payoutId?: string } = {},
) => {
  const partnerId = number.replace(/-S?[0-9]+$/, '');
  return event('DocumentIssued', payout.event.occurredAt, {
    documentId: uuid(`document ${number}`).replaceAll('-', ''),
    number,
    kind,
    about: rest.about ?? (kind === 'credit_note' ? 'clawbacks' : 'commissions'),
    partnerId,
    payoutId: rest.payoutId ?? payoutIdOf(payout),
    currency: 'EUR',
    language: 'nl',
    issueDate: '2026-02-01',
    periodEnd: '2026-01-31',
    corrects: [],
    lines: [
      {
        programmeId: 'affiliate',
        programmeName: 'Affiliate',
        orders: 1,
        netCents: totalCents,
        treatment: 'no_vat',
        rateBps: 0,
      },
    ],
    vat: [{ treatment: 'no_vat', rateBps: 0, netCents: totalCents, vatCents: 0 }],
    netCents: totalCents,
    vatCents: 0,
    totalCents,
    parties: profile,
  });
};

function payoutIdOf(payout: Written): string {
  return eventCatalogue.PayoutScheduled.schema.parse(payout.event.data).payoutId;
}

export function totalOf(payout: Written): number {
  return eventCatalogue.PayoutScheduled.schema.parse(payout.event.data).totalCents;
}

const total = { payouts: 1, netCents: 7000, vatCents: 0, totalCents: 7000 };
const hash = 'a'.repeat(64);

export const runOpened = (runId: string, at: number, approvalsRequired = 1) =>
  event('PayoutRunOpened', at, {
    runId,
    currency: 'EUR',
    cutOff: at,
    partnerIds: null,
    parts: 1,
    ...total,
    fingerprint: hash,
    approvedBy: 'key-1',
    approvalsRequired,
  });
export const runApproved = (runId: string, at: number) =>
  event('PayoutRunApproved', at, { runId, approvedBy: 'key-2' });
export const runClosed = (runId: string, at: number) =>
  event('PayoutRunClosed', at, { runId, outcome: 'scheduled', ...total, skipped: 0 });
export const payoutSkipped = (runId: string, at: number, partnerId = 'ann') =>
  event('PayoutSkipped', at, {
    payoutId: `of-${runId}-${String(at)}`,
    runId,
    partnerId,
    currency: 'EUR',
    amountCents: 7000,
    totalCents: 8470,
    reason: 'suspended',
  });
export const runPlanned = (runId: string, at: number) =>
  event('PayoutRunPlanned', at, {
    runId,
    part: 1,
    payouts: [{ payoutId: 'p-1', partnerId: 'ann', netCents: 7000, totalCents: 7000, lines: hash }],
  });
export const runExported = (runId: string, at: number, attempt = 1) =>
  event('PayoutRunExported', at, {
    runId,
    attempt,
    executionDate: '2026-02-02',
    payouts: 1,
    totalCents: 7000,
  });

export const merchant = (legalName: string, at: number) =>
  event('MerchantDetailsChanged', at, {
    legalName,
    street: 'Kade 1',
    postalCode: '1011 AB',
    city: 'Amsterdam',
    country: 'NL',
    vatId: 'NL000099998B57',
    registrationNumber: null,
    email: null,
    iban: 'NL91ABNA0417164300',
    bic: null,
  });

export const payoutDetails = (partnerId: string, at: number, taxProfile: TaxProfile) =>
  event('PayoutDetailsChanged', at, {
    partnerId,
    details: profile,
    accountKey: customer('account'),
    taxProfile,
  });

export const writtenOff = (
  writeOffId: string,
  partnerId: string,
  at: number,
  lines: readonly { orderId: string; amountCents: number }[],
) =>
  event('BalanceWrittenOff', at, {
    writeOffId,
    partnerId,
    currency: 'EUR',
    lines: [...lines],
    reason: 'old',
    by: 'key',
  });

/** A programme with the default terms, three approved partners, each with a link and a coupon. */
export function smallProgramme(): Written[] {
  const partners = ['ann', 'bob', 'cas'];
  return [
    programme('affiliate', day(0)),
    terms('affiliate', 1, day(0)),
    ...partners.flatMap((partner) => [
      applied(partner, day(0), [customer(partner)]),
      approved(partner, day(1)),
      link(`${partner}-link`, partner, day(2)),
      coupon(`${partner.toUpperCase()}10`, partner, day(2)),
    ]),
  ];
}
