import type { Instant } from '../../src/index.ts';

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

export const SEALED = { keyId: 'vault-1', iv: 'AAAA', ciphertext: 'BBBB' };

/** What the log adds to a fact. */
export const recorded = (occurredAt: Instant) => ({
  id: uuid(0),
  occurredAt,
  recordedAt: occurredAt,
  position: 1,
});
