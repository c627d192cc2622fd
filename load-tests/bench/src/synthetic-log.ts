import { DEFAULT_TERMS, newFact, streams, type NewFact } from '@provisie/domain';
import { createEventIds, eventIdOf, type EventStore } from '@provisie/event-store';
import { clickData, LINKS } from './synthetic-clicks.ts';

const OPENED_AT = Date.UTC(2026, 0, 1);
const CLICK_EVERY_MS = 500;
const CLICKS_PER_ORDER = 40;
const PER_APPEND = 10 * CLICKS_PER_ORDER;
/** Each orders once, in a log of up to forty million events. */
const CUSTOMERS = 1_000_000;

interface Append {
  readonly stream: string;
  readonly events: readonly NewFact[];
}

/** Writes a log of about `events` events: a programme, its partners and links, clicks, and an order per 40. */
export async function writeSyntheticLog(store: EventStore, events: number): Promise<void> {
  const pending: Promise<void>[] = [];
  for (const append of appends(events)) {
    pending.push(write(store, append));
    if (pending.length === 64) await Promise.all(pending.splice(0));
  }
  await Promise.all(pending);
}

async function write(store: EventStore, { stream, events }: Append): Promise<void> {
  const result = await store.append(stream, events, 'any');
  if (!result.ok) throw new Error(`an append to any revision of ${stream} met a conflict`);
}

function* appends(events: number): Generator<Append> {
  yield* programme();
  for (let partner = 0; partner < LINKS; partner += 1) yield* partnerWithLink(partner);
  const clicks = clicksOf(events);
  for (let from = 0; from < clicks; from += PER_APPEND) {
    const to = Math.min(clicks, from + PER_APPEND);
    const batch = Array.from({ length: to - from }, (_, i) => click(from + i));
    yield { stream: streams.touches('bench', clickedAt(from)), events: batch };
    for (let n = from; n < to; n += CLICKS_PER_ORDER) yield order(n);
  }
}

/** The clicks in a log of about so many events. */
export function clicksOf(events: number): number {
  return Math.floor((events * CLICKS_PER_ORDER) / (CLICKS_PER_ORDER + 1));
}

/** The orders in a log of so many clicks. */
export function ordersOf(clicks: number): number {
  return Math.ceil(clicks / CLICKS_PER_ORDER);
}

/** What one of them comes to. */
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

function order(n: number): Append {
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
          customer: String((n / CLICKS_PER_ORDER) % CUSTOMERS).padStart(43, '0'),
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
