import type { Fact } from '@provisie/domain';
import { readFact, type RecordedEvent } from '@provisie/event-store';

/** What of payouts happened after the point: the bank and the partners know it, the restored log doesn't. */
export interface LostPayout {
  readonly runId: string;
  readonly what: string;
  readonly recordedAt: number;
}

/** What a restore to a point leaves out. */
export class LeftOut {
  readonly #counts = new Map<string, number>();
  readonly #runs: LostPayout[] = [];
  readonly #documents: string[] = [];
  #first: RecordedEvent | null = null;
  #last: RecordedEvent | null = null;

  add(event: RecordedEvent): void {
    this.#first ??= event;
    this.#last = event;
    this.#counts.set(event.type, (this.#counts.get(event.type) ?? 0) + 1);
    if (WITH_PAYMENT.has(event.type)) this.#addPayment(event);
  }

  get events(): number {
    return this.counts.reduce((sum, [, count]) => sum + count, 0);
  }

  /** By type. */
  get counts(): readonly (readonly [type: string, count: number])[] {
    return Array.from(this.#counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  get runs(): readonly LostPayout[] {
    return this.#runs;
  }

  /** Numbers of invoices, credit notes and statements. */
  get documents(): readonly string[] {
    return this.#documents;
  }

  get first(): RecordedEvent | null {
    return this.#first;
  }

  get last(): RecordedEvent | null {
    return this.#last;
  }

  #addPayment(event: RecordedEvent): void {
    const fact = factOf(event);
    if (fact?.type === 'DocumentIssued') {
      this.#documents.push(`${fact.data.number} (${fact.data.partnerId})`);
      return;
    }
    const step = fact === null ? null : stepOf(fact);
    if (step !== null) this.#runs.push({ ...step, recordedAt: event.recordedAt });
  }
}

function stepOf(fact: Fact): Omit<LostPayout, 'recordedAt'> | null {
  if (fact.type === 'PayoutRunOpened') {
    const { runId, payouts, totalCents, currency } = fact.data;
    return { runId, what: `approved: ${payouts} payouts, ${amount(totalCents)} ${currency}` };
  }
  if (fact.type === 'PayoutRunExported') {
    const { runId, attempt, payouts, totalCents, executionDate } = fact.data;
    const what = `PAYMENT FILE ${attempt} made: ${payouts} payments, ${amount(totalCents)}, for ${executionDate}`;
    return { runId, what };
  }
  if (fact.type === 'PayoutRunClosed') return { runId: fact.data.runId, what: fact.data.outcome };
  return null;
}

/** Null when this version can't read it: it is counted by its type all the same. */
function factOf(event: RecordedEvent): Fact | null {
  try {
    return readFact(event);
  } catch {
    return null;
  }
}

const WITH_PAYMENT = new Set([
  'PayoutRunOpened',
  'PayoutRunExported',
  'PayoutRunClosed',
  'DocumentIssued',
]);

function amount(cents: number): string {
  return (cents / 100).toFixed(2);
}
