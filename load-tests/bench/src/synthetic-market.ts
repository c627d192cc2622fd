import {
  DEFAULT_TERMS,
  MILLISECONDS_PER_DAY,
  newFact,
  streams,
  type NewFact,
  type TaxProfile,
} from '@provisie/domain';
import { createEventIds, eventIdOf, type EventStore } from '@provisie/event-store';
import { sealPayoutDetails, type PayoutDetails } from '@provisie/payouts';
import type { Vault } from '@provisie/privacy';

/** When the made-up programme began. */
const OPENED_AT = Date.UTC(2026, 0, 1);
/** When its commissions are paid out: every hold is over, and the log is written already. */
export const PAID_OUT_AT = OPENED_AT + 120 * MILLISECONDS_PER_DAY;
export const ORDERS_PER_PARTNER = 10;
const ORDERS_DURING_MS = 60 * MILLISECONDS_PER_DAY;
/** Appends that share a commit. */
const AT_ONCE = 500;

interface Append {
  readonly stream: string;
  readonly events: readonly NewFact[];
}

const partnerIdOf = (n: number) => `partner-${String(n).padStart(6, '0')}`;

/** Writes a merchant, `partners` partners with payout details, and ten commissions for each, all of them due. */
export async function writeSyntheticMarket(
  store: EventStore,
  vault: Vault,
  partners: number,
): Promise<void> {
  await write(store, merchant());
  await write(store, programme());
  await inGroups(numbersUpTo(partners), async (n) => {
    await write(store, await partner(vault, n));
    await write(store, coupon(n));
  });
  await inGroups(numbersUpTo(partners * ORDERS_PER_PARTNER), (n) =>
    write(store, order(n, partners)),
  );
}

function* numbersUpTo(end: number): Generator<number> {
  for (let n = 0; n < end; n += 1) yield n;
}

/** Not one after the other: what comes together shares a commit. */
async function inGroups(
  numbers: Iterable<number>,
  work: (n: number) => Promise<void>,
): Promise<void> {
  const pending: Promise<void>[] = [];
  for (const n of numbers) {
    pending.push(work(n));
    if (pending.length === AT_ONCE) await Promise.all(pending.splice(0));
  }
  await Promise.all(pending);
}

async function write(store: EventStore, { stream, events }: Append): Promise<void> {
  const result = await store.append(stream, events, 'no_stream');
  if (!result.ok) throw new Error(`${stream} was there already`);
}

const nextId = createEventIds();
const opening = () => ({ id: nextId(), occurredAt: OPENED_AT });

function merchant(): Append {
  const data = {
    legalName: 'Constructiebureau Van der Veen B.V.',
    street: 'Keizersgracht 1',
    postalCode: '1015 CN',
    city: 'Amsterdam',
    country: 'NL' as const,
    vatId: 'NL000099998B57',
    registrationNumber: '12345678',
    email: 'administratie@example.nl',
    iban: 'NL91ABNA0417164300',
    bic: 'ABNANL2A',
  };
  return {
    stream: streams.merchant,
    events: [newFact('MerchantDetailsChanged', { ...opening(), data })],
  };
}

function programme(): Append {
  const programmeId = 'affiliate';
  const terms = { programmeId, termsVersion: 1, effectiveFrom: OPENED_AT, terms: DEFAULT_TERMS };
  return {
    stream: streams.programme(programmeId),
    events: [
      newFact('ProgrammeOpened', {
        ...opening(),
        data: { programmeId, name: 'Affiliates', hosts: ['shop.example'] },
      }),
      newFact('TermsPublished', { ...opening(), data: terms }),
    ],
  };
}

async function partner(vault: Vault, n: number): Promise<Append> {
  const partnerId = partnerIdOf(n);
  const taxProfile = TAX_PROFILES[n % TAX_PROFILES.length] ?? 'nl_business';
  const profile = await vault.seal(`partner:${partnerId}`, { name: `Blog ${n}` });
  const details = await sealPayoutDetails(vault, partnerId, payoutDetails(n, taxProfile));
  const accountKey = `account-${n}`.padEnd(43, '-');
  return {
    stream: streams.partner(partnerId),
    events: [
      newFact('PartnerApplied', { ...opening(), data: { partnerId, profile, customerKeys: [] } }),
      newFact('PartnerApproved', { ...opening(), data: { partnerId } }),
      newFact('PayoutDetailsChanged', {
        ...opening(),
        data: { partnerId, details, accountKey, taxProfile },
      }),
      newFact('SelfBillingAgreed', {
        ...opening(),
        data: { partnerId, agreement: 'self-billing-1', recordedFor: 'partner' },
      }),
    ],
  };
}

const TAX_PROFILES: readonly TaxProfile[] = ['nl_business', 'private_person', 'nl_small_business'];
const NAMES = ['Łukasz Wiśniewski', 'Zoë van den Berg', 'Jürgen Groß', 'Anna de Vries'];

function payoutDetails(n: number, taxProfile: TaxProfile): PayoutDetails {
  const isPerson = taxProfile === 'private_person';
  return {
    accountHolder: `${NAMES[n % NAMES.length]} ${n}`,
    iban: dutchIban(n),
    bic: null,
    taxProfile,
    vatId: taxProfile === 'nl_business' ? 'NL000099998B57' : null,
    registrationNumber: isPerson ? null : '87654321',
    street: `Dorpsstraat ${n}`,
    postalCode: '3811 AB',
    city: 'Amersfoort',
    country: 'NL',
    language: n % 3 === 0 ? 'en' : 'nl',
  };
}

/** With its check digits (ISO 13616); letters count from A = 10. */
function dutchIban(n: number): string {
  const account = String(n).padStart(10, '0');
  const [rabo, nl] = ['27101124', '2321'];
  const check = 98n - (BigInt(`${rabo}${account}${nl}00`) % 97n);
  return `NL${String(check).padStart(2, '0')}RABO${account}`;
}

function coupon(n: number): Append {
  const code = couponOf(n);
  const data = { code, programmeId: 'affiliate', partnerId: partnerIdOf(n) };
  return {
    stream: streams.coupon(code),
    events: [newFact('CouponIssued', { ...opening(), data })],
  };
}

const couponOf = (n: number) => partnerIdOf(n).toUpperCase();

/** What the `n`-th order is, of a customer of its own, and what it earns; the partners take turns. */
export interface SyntheticCommission {
  readonly orderId: string;
  readonly partnerId: string;
  readonly couponCode: string;
  readonly customer: string;
  readonly placedAt: number;
  readonly payableFrom: number;
  readonly baseCents: number;
  readonly amountCents: number;
}

export function commissionOf(n: number, partners: number): SyntheticCommission {
  const placedAt =
    OPENED_AT + 1 + Math.floor((n * ORDERS_DURING_MS) / (partners * ORDERS_PER_PARTNER));
  const baseCents = 60_000 + (n % 5000);
  const partner = n % partners;
  return {
    orderId: `order-${String(n).padStart(8, '0')}`,
    partnerId: partnerIdOf(partner),
    couponCode: couponOf(partner),
    customer: String(n).padStart(43, '0'),
    placedAt,
    payableFrom: placedAt + DEFAULT_TERMS.holdDays * MILLISECONDS_PER_DAY,
    baseCents,
    amountCents: Math.round(baseCents / 10),
  };
}

function order(n: number, partners: number): Append {
  const { orderId, couponCode, customer, placedAt, baseCents } = commissionOf(n, partners);
  const data = {
    orderId,
    customer,
    currency: 'EUR',
    lines: [{ lineId: '1', amountCents: baseCents }],
    couponCodes: [couponCode],
  };
  return {
    stream: streams.order(orderId),
    events: [
      newFact('OrderPlaced', { id: eventIdOf('order', orderId), occurredAt: placedAt, data }),
    ],
  };
}
