import type { Known } from './known.ts';
import { oracleDecision, payoutState } from './order.ts';

/** What stands open of an order between the merchant and a partner. */
export interface OpenLine {
  readonly orderId: string;
  readonly partnerId: string;
  readonly currency: string;
  /** Negative: to be taken back. */
  readonly openCents: number;
  /** Earned and still held. */
  readonly pendingCents: number;
}

export interface OracleBalance {
  readonly pendingCents: number;
  readonly payableCents: number;
  readonly clawbackCents: number;
  readonly scheduledCents: number;
  readonly paidCents: number;
}

/** Rule 9, order by order: earned and past hold, less what payouts paid and write-offs settled. */
export function openLines(known: Known, at: number): readonly OpenLine[] {
  const earned = known.all('OrderPlaced').flatMap(({ data }) => {
    const decision = oracleDecision(data.orderId, known);
    const { award = null, commission = null } = decision ?? {};
    if (award === null || commission === null || commission.isRejected) return [];
    const { amountCents, payableFrom } = commission;
    const isPayable = payableFrom !== null && payableFrom <= at;
    const { orderId, currency } = data;
    return [{ orderId, partnerId: award.partnerId, currency, amountCents, isPayable }];
  });
  const settled = settlements(known);
  const names = new Set([...earned, ...settled].map(nameOf));
  return [...names].map((name) => {
    const own = earned.filter((line) => nameOf(line) === name);
    const done = settled.filter((line) => nameOf(line) === name);
    const about = own[0] ?? done[0];
    if (about === undefined) throw new Error('unreachable');
    const payable = sum(own.filter(({ isPayable }) => isPayable));
    const unpaid = payable - sum(done.filter(({ how }) => how === 'payout'));
    const forgone = sum(
      done.filter(({ how, amountCents }) => how === 'write_off' && amountCents > 0),
    );
    const forgiven = -sum(
      done.filter(({ how, amountCents }) => how === 'write_off' && amountCents < 0),
    );
    // A write-off settles at most what would be open without it.
    const openCents = unpaid > 0 ? Math.max(0, unpaid - forgone) : Math.min(0, unpaid + forgiven);
    const { orderId, partnerId, currency } = about;
    const pendingCents = sum(own.filter(({ isPayable }) => !isPayable));
    return { orderId, partnerId, currency, openCents, pendingCents };
  });
}

interface Settled {
  readonly how: 'payout' | 'write_off';
  readonly orderId: string;
  readonly partnerId: string;
  readonly currency: string;
  readonly amountCents: number;
}

function settlements(known: Known): readonly Settled[] {
  const settled: Settled[] = [];
  for (const { data } of known.all('PayoutScheduled')) {
    const state = payoutState(data.payoutId, known);
    if (state === 'scheduled' || state === 'paid') settled.push(...linesOf('payout', data));
  }
  for (const { data } of known.all('BalanceWrittenOff'))
    settled.push(...linesOf('write_off', data));
  return settled;
}

interface Lines {
  readonly partnerId: string;
  readonly currency: string;
  readonly lines: readonly { readonly orderId: string; readonly amountCents: number }[];
}

function linesOf(how: Settled['how'], { partnerId, currency, lines }: Lines): readonly Settled[] {
  return lines.map(({ orderId, amountCents }) => ({
    how,
    orderId,
    partnerId,
    currency,
    amountCents,
  }));
}

/** By partner and currency, those with anything in them. */
export function oracleBalances(known: Known, at: number): ReadonlyMap<string, OracleBalance> {
  const lines = openLines(known, at);
  const payouts = known.all('PayoutScheduled').map(({ data }) => data);
  const keys = new Set(
    [...lines, ...payouts].map(({ partnerId, currency }) => `${partnerId} ${currency}`),
  );
  const balances = [...keys].map((key): [string, OracleBalance] => {
    const own = lines.filter(({ partnerId, currency }) => `${partnerId} ${currency}` === key);
    const totals = (state: string) =>
      payouts
        .filter(({ partnerId, currency }) => `${partnerId} ${currency}` === key)
        .filter(({ payoutId }) => payoutState(payoutId, known) === state)
        .reduce((total, { totalCents }) => total + totalCents, 0);
    return [
      key,
      {
        pendingCents: own.reduce((total, line) => total + line.pendingCents, 0),
        payableCents: own.reduce((total, line) => total + line.openCents, 0),
        clawbackCents: own.reduce((total, line) => total + Math.max(0, -line.openCents), 0),
        scheduledCents: totals('scheduled'),
        paidCents: totals('paid'),
      },
    ];
  });
  return new Map(
    balances.filter(([, balance]) => Object.values(balance).some((cents) => cents !== 0)),
  );
}

function nameOf(line: {
  readonly orderId: string;
  readonly partnerId: string;
  readonly currency: string;
}): string {
  return `${line.orderId} ${line.partnerId} ${line.currency}`;
}

function sum(lines: readonly { readonly amountCents: number }[]): number {
  return lines.reduce((total, { amountCents }) => total + amountCents, 0);
}
