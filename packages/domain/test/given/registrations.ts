import type { Fact, FactOfType, Instant, Terms, Utm } from '../../src/index.ts';
import { DEFAULT_TERMS } from '../../src/index.ts';
import { SEALED, START, customerKey, recorded } from './moments.ts';

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
