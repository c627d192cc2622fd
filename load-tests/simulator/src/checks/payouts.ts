import type { Fact } from '@provisie/domain';
import { isActive } from '../oracle/attribution.ts';
import { openLines } from '../oracle/balance.ts';
import { Known } from '../oracle/known.ts';
import { payoutState } from '../oracle/order.ts';
import type { Market } from '../people/market.ts';

/** Each payout pays what the oracle finds due, nothing is paid twice, and the bank and the log agree. */
export function payoutViolations(facts: readonly Fact[], market: Market): readonly string[] {
  const known = new Known(facts);
  return [
    ...paysWhatWasDue(facts, known),
    ...paysEachOrderOnce(known),
    ...bankAndLogAgree(known, market),
    ...numbersHaveNoGaps(facts),
  ];
}

/** At some moment between the approval of its run and its scheduling, its lines were what was open. */
function* paysWhatWasDue(facts: readonly Fact[], known: Known): Generator<string> {
  for (const { position, data } of known.all('PayoutScheduled')) {
    const run = known.all('PayoutRunOpened').find((fact) => fact.data.runId === data.runId);
    if (run === undefined) {
      yield `Payout ${data.payoutId} belongs to no run`;
      continue;
    }
    const wanted = JSON.stringify(
      data.lines.map(({ orderId, amountCents }) => [orderId, amountCents]),
    );
    const found = new Set<string>();
    for (let until = position - 1; until >= run.position; until -= 1) {
      const then = new Known(facts.filter((fact) => fact.position <= until));
      found.add(dueOf(data.partnerId, data.currency, run.data.cutOff, then));
      if (found.has(wanted)) break;
    }
    if (!found.has(wanted)) {
      yield `Payout ${data.payoutId} to ${data.partnerId} pays ${wanted}, due was ${[...found].join(' or ')}`;
    }
    const before = new Known(facts.filter((fact) => fact.position < run.position));
    // By the last word: a clock that runs ahead, or two changes in a millisecond, may date it a little later than the run.
    if (!isActive(data.partnerId, Number.POSITIVE_INFINITY, before)) {
      yield `Payout ${data.payoutId} pays ${data.partnerId}, who was suspended when the run was approved`;
    }
  }
}

function dueOf(partnerId: string, currency: string, cutOff: number, known: Known): string {
  const lines = openLines(known, cutOff)
    .filter((line) => line.partnerId === partnerId && line.currency === currency)
    .filter(({ openCents }) => openCents !== 0)
    .toSorted((a, b) => (a.orderId < b.orderId ? -1 : 1))
    .map(({ orderId, openCents }) => [orderId, openCents]);
  return JSON.stringify(lines);
}

/** Never two partners for one order, and never more than once the same. */
function* paysEachOrderOnce(known: Known): Generator<string> {
  const lines = known
    .all('PayoutScheduled')
    .filter(({ data }) => ['scheduled', 'paid'].includes(payoutState(data.payoutId, known)))
    .flatMap(({ data }) => data.lines.map((line) => ({ ...line, partnerId: data.partnerId })));
  for (const [orderId, paid] of Map.groupBy(lines, (line) => line.orderId)) {
    const partners = new Set(
      paid.filter(({ amountCents }) => amountCents > 0).map((line) => line.partnerId),
    );
    if (partners.size > 1) yield `${orderId} is paid to ${[...partners].join(' and ')}`;
  }
}

function* bankAndLogAgree(known: Known, market: Market): Generator<string> {
  for (const payment of market.payments.values()) {
    const { payoutId, amountCents, outcome, times } = payment;
    const scheduled = known.all('PayoutScheduled').filter(({ data }) => data.payoutId === payoutId);
    const [first] = scheduled;
    if (first === undefined || scheduled.length > 1) {
      yield `The bank carried out ${payoutId}, which is ${String(scheduled.length)} times in the log`;
    } else if (first.data.totalCents !== amountCents) {
      yield `The bank paid ${String(amountCents)} for ${payoutId} of ${String(first.data.totalCents)}`;
    }
    if (times > 1) yield `The bank paid ${payoutId} ${String(times)} times`;
    const state = payoutState(payoutId, known);
    if (state !== outcome) yield `${payoutId} is ${state} in the log, and ${outcome} at the bank`;
  }
  for (const { data } of known.all('PayoutPaid')) {
    const payment = market.payments.get(data.payoutId);
    if (payment === undefined) yield `${data.payoutId} is paid in the log, and unknown to the bank`;
  }
}

/** Numbers of one series are 1, 2, 3 and so on, each once. */
function* numbersHaveNoGaps(facts: readonly Fact[]): Generator<string> {
  const numbers = facts.flatMap((fact) =>
    fact.type === 'DocumentIssued' ? [fact.data.number] : [],
  );
  for (const [series, inSeries] of Map.groupBy(numbers, (number) => number.replace(/\d+$/, ''))) {
    const counts = inSeries
      .map((number) => Number(/\d+$/.exec(number)?.[0]))
      .toSorted((a, b) => a - b);
    if (counts.some((count, index) => count !== index + 1)) {
      yield `The numbers of ${series} are ${counts.join(', ')}`;
    }
  }
}
