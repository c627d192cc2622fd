import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  DEFAULT_TERMS,
  MILLISECONDS_PER_DAY,
  newFact,
  streams,
  type EventPayload,
  type EventType,
  type Instant,
  type TaxProfile,
  type Terms,
} from '@provisie/domain';
import { createEventIds, eventIdOf, type EventStore } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import type { Vault } from '@provisie/privacy';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { openSqliteReadModel, startProjector, type SqliteReadModel } from '@provisie/read-model';
import {
  sealPayoutDetails,
  type Command,
  type PayoutDetails,
  type PayoutPorts,
} from '../src/index.ts';

/** When the merchant's programme began. */
const START: Instant = Date.UTC(2026, 0, 1);
export const day = (days: number): Instant => START + days * MILLISECONDS_PER_DAY;
/** A commission of an order placed at `day(10)` is payable long since. */
export const NOW: Instant = day(60);

/** A merchant with a real log, read model and vault in a folder, whose clock stands still. */
export interface Office extends AsyncDisposable {
  readonly folder: string;
  readonly ports: PayoutPorts & { readonly readModel: SqliteReadModel['readModel'] };
  readonly store: EventStore;
  readonly vault: Vault;
  readonly readModel: SqliteReadModel;
  /** Appends one event. */
  write<Type extends EventType>(
    type: Type,
    stream: string,
    at: Instant,
    data: EventPayload<Type>,
  ): Promise<void>;
  setClock(at: Instant): void;
  /** Waits until the read model has handled the log. */
  caughtUp(): Promise<void>;
}

export interface OfficeOptions {
  readonly folder?: string;
  readonly approvalsRequired?: 1 | 2;
  readonly now?: Instant;
  /** As if the disk had no more room for the log. */
  readonly maxFileBytes?: number;
  /** Put between the office and its log. */
  readonly around?: (store: EventStore) => EventStore;
}

export async function openOffice(options: OfficeOptions = {}): Promise<Office> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'provisie-payouts-'));
  let now = options.now ?? NOW;
  const { maxFileBytes } = options;
  const file = join(folder, 'events.sqlite');
  const sqlite = openSqliteEventStore(
    maxFileBytes === undefined ? { file } : { file, maxFileBytes },
  );
  const store = options.around?.(sqlite) ?? sqlite;
  const vault = openSqliteVault(join(folder, 'vault.sqlite'));
  const readModel = await openSqliteReadModel({ folder });
  const stop = new AbortController();
  const projector = startProjector({
    store: sqlite,
    database: readModel.database,
    signal: stop.signal,
    onError: (error) => {
      console.error(error);
    },
  });
  const ports = {
    store,
    readModel: readModel.readModel,
    vault,
    now: () => now,
    policy: {
      coolingMs: 3 * MILLISECONDS_PER_DAY,
      approvalsRequired: options.approvalsRequired ?? 1,
    },
  };
  const ids = createEventIds();
  return {
    folder,
    ports,
    store,
    vault,
    readModel,
    write: async (type, stream, at, data) => {
      await sqlite.append(stream, [newFact(type, { id: ids(), occurredAt: at, data })], 'any');
    },
    setClock: (at) => {
      now = at;
    },
    caughtUp: async () => {
      const head = await sqlite.head();
      while (!(await readModel.readModel.waitFor(head, 1000))) await pause(10);
    },
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await projector.stopped;
      await readModel.close();
      vault.close();
      await sqlite.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A command of a person; the same name again is the same command. */
export function command(name: string, by = 'key-1'): Command {
  return { id: eventIdOf('command', name), by, requestHash: null };
}

/** The request of an ordinary month: euros, everything payable by now, every partner. */
export const MONTH = { currency: 'EUR', cutOff: NOW, partnerIds: null, fingerprint: null };

export async function openMerchant(office: Office, terms: Partial<Terms> = {}): Promise<void> {
  await office.write('MerchantDetailsChanged', streams.merchant, START, {
    legalName: 'Constructiebureau Van der Veen B.V.',
    street: 'Keizersgracht 1',
    postalCode: '1015 CN',
    city: 'Amsterdam',
    country: 'NL',
    vatId: 'NL000099998B57',
    registrationNumber: '12345678',
    email: 'administratie@example.nl',
    iban: 'NL91ABNA0417164300',
    bic: 'ABNANL2A',
  });
  await office.write('ProgrammeOpened', streams.programme('affiliate'), START, {
    programmeId: 'affiliate',
    name: 'Affiliate',
    hosts: ['www.example.nl'],
  });
  await office.write('TermsPublished', streams.programme('affiliate'), START, {
    programmeId: 'affiliate',
    termsVersion: 1,
    effectiveFrom: START,
    terms: {
      ...DEFAULT_TERMS,
      reward: { kind: 'percentage', rateBps: 1000, scope: { orders: 'every_order' } },
      ...terms,
    },
  });
}

export function detailsOf(changes: Partial<PayoutDetails> = {}): PayoutDetails {
  return {
    accountHolder: 'Łukasz Wiśniewski',
    iban: 'NL39RABO0300065264',
    bic: null,
    taxProfile: 'nl_business',
    vatId: 'NL000099998B57',
    registrationNumber: '87654321',
    street: 'Dorpsstraat 2',
    postalCode: '3811 AB',
    city: 'Amersfoort',
    country: 'NL',
    language: 'nl',
    ...changes,
  };
}

/** A partner with a coupon, payout details and an agreement: nothing stands in the way of paying them. */
export async function openPartner(
  office: Office,
  partnerId: string,
  taxProfile: TaxProfile | null = 'nl_business',
): Promise<void> {
  const stream = streams.partner(partnerId);
  const profile = await office.vault.seal(`partner:${partnerId}`, { name: partnerId });
  await office.write('PartnerApplied', stream, START, { partnerId, profile, customerKeys: [] });
  await office.write('PartnerApproved', stream, START, { partnerId });
  await office.write('CouponIssued', streams.coupon(couponOf(partnerId)), START, {
    code: couponOf(partnerId),
    programmeId: 'affiliate',
    partnerId,
  });
  if (taxProfile === null) return;
  await giveDetails(office, partnerId, detailsOf({ taxProfile }), START);
  await office.write('SelfBillingAgreed', stream, START, {
    partnerId,
    agreement: 'self-billing-1',
    recordedFor: 'partner',
  });
}

export async function giveDetails(
  office: Office,
  partnerId: string,
  details: PayoutDetails,
  at: Instant,
): Promise<void> {
  await office.write('PayoutDetailsChanged', streams.partner(partnerId), at, {
    partnerId,
    details: await sealPayoutDetails(office.vault, partnerId, details),
    accountKey: details.iban.padEnd(43, '-').slice(0, 43),
    taxProfile: details.taxProfile,
  });
}

export function couponOf(partnerId: string): string {
  return partnerId.toUpperCase();
}

/** An order of a customer of its own that earns the partner a tenth of `cents`. */
export async function sell(
  office: Office,
  orderId: string,
  partnerId: string,
  cents = 100_000,
  at: Instant = day(10),
): Promise<void> {
  await office.write('OrderPlaced', streams.order(orderId), at, {
    orderId,
    customer: orderId.padEnd(43, '-').slice(0, 43),
    currency: 'EUR',
    lines: [{ lineId: '1', amountCents: cents }],
    couponCodes: [couponOf(partnerId)],
  });
}

export async function refund(
  office: Office,
  orderId: string,
  cents: number,
  at: Instant,
): Promise<void> {
  await office.write('OrderRefunded', streams.order(orderId), at, {
    orderId,
    refundId: `refund-${String(at)}`,
    amountCents: cents,
  });
}

export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  return (await Array.fromAsync(pieces)).join('');
}
