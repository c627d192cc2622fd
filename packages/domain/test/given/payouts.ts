import type { Fact, FactOfType, Instant, PayoutLine } from '../../src/index.ts';
import { recorded, uuid } from './moments.ts';

interface Line {
  readonly order?: string;
  readonly programme?: string;
  readonly terms?: number;
  readonly touch?: number | string;
  readonly cents?: number;
}

function payoutLine(given: Line = {}): PayoutLine {
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
    runId: 'run-1',
    vat: [
      {
        kind: 'invoiced' as const,
        treatment: 'no_vat' as const,
        rateBps: 0,
        netCents: Math.max(0, sum),
        vatCents: 0,
      },
    ],
    totalCents: Math.max(0, sum),
    taxProfile: 'private_person' as const,
    payoutDetailsId: uuid(1),
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
    lines: [{ orderId: 'o1', amountCents }],
    reason: 'left the programme',
    by: 'key-1',
  };
  return { type: 'BalanceWrittenOff', ...recorded(at), data };
}
