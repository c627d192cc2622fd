import { DEFAULT_TERMS, newFact, streams, type NewFact } from '@provisie/domain';
import { createEventIds, eventIdOf, type EventStore } from '@provisie/event-store';
import { clickData, LINKS } from './synthetic-clicks.ts';

const OPENED_AT = Date.UTC(2026, 0, 1);
const CLICK_EVERY_MS = 500;
export const CLICKS_PER_ORDER = 40;
const ORDERS_PER_APPEND = 10;
/** Each orders once, in a log of up to forty million events. */
const CUSTOMERS = 1_000_000;

interface Append {
  readonly stream: string;
  readonly events: readonly NewFact[];
}

/** What is in a log besides its clicks. */
export interface LogShape {
  /** Default 40. */
  readonly clicksPerOrder?: number;
  /** Default true. */
  readonly withOrders?: boolean;
}

/** Writes a log of about `events` events: a programme, its partners and links, clicks, and orders among them. */
export async function writeSyntheticLog(
  store: EventStore,
  events: number,
  shape: LogShape = {},
): Promise<void> {
  const pending: Promise<void>[] = [];
  for (const append of appends(events, shape)) {
    pending.push(write(store, append));
    if (pending.length === 64) await Promise.all(pending.splice(0));
  }
  await Promise.all(pending);
}

async function write(store: EventStore, { stream, events }: Append): Promise<void> {
  const result = await store.append(stream, events, 'any');
  if (!result.ok) throw new Error(`an append to any revision of ${stream} met a conflict`);
}

/** How many clicks and orders a log of about `events` events has. */
export function contentOf(
  events: number,
  clicksPerOrder = CLICKS_PER_ORDER,
): { readonly clicks: number; readonly orders: number } {
  const clicks = Math.floor((events * clicksPerOrder) / (clicksPerOrder + 1));
  return { clicks, orders: Math.ceil(clicks / clicksPerOrder) };
}

/** What such a log is written with, in its order. */
export function* appends(
  events: number,
  { clicksPerOrder = CLICKS_PER_ORDER, withOrders = true }: LogShape = {},
): Generator<Append> {
  yield* programme();
  for (let partner = 0; partner < LINKS; partner += 1) yield* partnerWithLink(partner);
  const { clicks } = contentOf(events, clicksPerOrder);
  const perAppend = ORDERS_PER_APPEND * clicksPerOrder;
  for (let from = 0; from < clicks; from += perAppend) {
    const to = Math.min(clicks, from + perAppend);
    const batch = Array.from({ length: to - from }, (_, i) => click(from + i));
    yield { stream: streams.touches('bench', clickedAt(from)), events: batch };
    if (!withOrders) continue;
    for (let n = from; n < to; n += clicksPerOrder) yield order(n, n / clicksPerOrder);
  }
}

/** What an order comes to. */
export function orderAt(index: number): { readonly amountCents: number } {
  return { amountCents: 70_000 + ((index * CLICKS_PER_ORDER) % 5000) };
}

const nextId = createEventIds();
const clickedAt = (n: number) => OPENED_AT + n * CLICK_EVERY_MS;

function* programme(): Generator<Append> {
  const programmeId = 'affiliate';
  yield {
    stream: streams.programme(programmeId),
    events: [
      newFact('ProgrammeOpened', {
        id: nextId(),
        occurredAt: OPENED_AT,
        data: { programmeId, name: 'Affiliates', hosts: ['shop.example'] },
      }),
      newFact('TermsPublished', {
        id: nextId(),
        occurredAt: OPENED_AT,
        data: { programmeId, termsVersion: 1, effectiveFrom: OPENED_AT, terms: DEFAULT_TERMS },
      }),
    ],
  };
}

function* partnerWithLink(n: number): Generator<Append> {
  const code = `partner-${n}`;
  const fact = { occurredAt: OPENED_AT };
  yield {
    stream: streams.partner(code),
    events: [
      newFact('PartnerApplied', {
        ...fact,
        id: nextId(),
        data: {
          partnerId: code,
          profile: { keyId: code, iv: 'AAAAAAAAAAAAAAAA', ciphertext: 'AAAA' },
          customerKeys: [],
        },
      }),
      newFact('PartnerApproved', { ...fact, id: nextId(), data: { partnerId: code } }),
    ],
  };
  yield {
    stream: streams.link(code),
    events: [
      newFact('LinkCreated', {
        ...fact,
        id: nextId(),
        data: {
          code,
          programmeId: 'affiliate',
          partnerId: code,
          destination: 'https://shop.example/',
        },
      }),
    ],
  };
}

function click(n: number): NewFact {
  const data = clickData(n);
  return newFact('ClickRecorded', { id: data.touchId, occurredAt: clickedAt(n), data });
}

/** The `place`-th order, which follows the `n`-th click. */
function order(n: number, place: number): Append {
  const orderId = `order-${n}`;
  const { touchId, visitorId } = clickData(n);
  return {
    stream: streams.order(orderId),
    events: [
      newFact('OrderPlaced', {
        id: eventIdOf('order', orderId),
        occurredAt: clickedAt(n) + 3_600_000,
        data: {
          orderId,
          customer: String(place % CUSTOMERS).padStart(43, '0'),
          currency: 'EUR',
          lines: [{ lineId: '1', amountCents: orderAt(n / CLICKS_PER_ORDER).amountCents }],
          couponCodes: [],
          visitorId,
          clickId: touchId,
        },
      }),
    ],
  };
}
