import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  assessPayout,
  type Instant,
  type PayoutAssessment,
  type PayoutCandidate,
  type PayoutLine,
  type PayoutRunTotals,
} from '@provisie/domain';
import type { Page, ReadModelSnapshot } from '@provisie/read-model';

/** What a run is to pay. */
export interface RunRequest {
  /** ISO 4217. */
  readonly currency: string;
  /** Commissions count whose hold ended by then; not in the future. */
  readonly cutOff: Instant;
  /** Null: every partner who is due. */
  readonly partnerIds: readonly string[] | null;
}

/** A request and the moment at which it is looked at. */
export interface PlanQuestion extends RunRequest {
  readonly at: Instant;
  readonly coolingMs: number;
}

/** Partners at a time: so much is held in memory, and so long nothing else gets a turn. */
const PAGE = 100;

/** Every partner with something open, and what a run would pay them; in the order of partner ids. */
export async function* assessments(
  model: ReadModelSnapshot,
  { currency, partnerIds, at, cutOff, coolingMs }: PlanQuestion,
): AsyncGenerator<PayoutAssessment> {
  let cursor: string | null = null;
  do {
    const page: Page<PayoutCandidate> = await model.payoutCandidates(
      { currency, partnerIds, at, cutOff },
      { limit: PAGE, cursor },
    );
    for (const candidate of page.rows) yield assessPayout(candidate, { at, cutOff, coolingMs });
    cursor = page.next;
    // Reading SQLite never waits: without this a large run would keep the whole process to itself.
    await nextTurn();
  } while (cursor !== null);
}

/** Of what a payout pays, order by order: tells whether it is still what was approved. */
export function hashOfLines(lines: readonly PayoutLine[]): string {
  const hash = createHash('sha256');
  for (const { orderId, programmeId, termsVersion, touchId, amountCents } of lines) {
    hash.update(JSON.stringify([orderId, programmeId, termsVersion, touchId, amountCents]));
  }
  return hash.digest('hex');
}

/** Adds up a plan as it goes by, with a fingerprint that changes when any payout of it does. */
export class PlanSum {
  readonly #hash: Hash;
  #totals: PayoutRunTotals = { payouts: 0, netCents: 0, vatCents: 0, totalCents: 0 };

  constructor({ currency }: RunRequest) {
    this.#hash = createHash('sha256').update(currency);
  }

  add({ partnerId, netCents, vatCents, totalCents, lines }: PayoutAssessment): void {
    this.#hash.update(JSON.stringify([partnerId, totalCents, hashOfLines(lines)]));
    this.#totals = {
      payouts: this.#totals.payouts + 1,
      netCents: this.#totals.netCents + netCents,
      vatCents: this.#totals.vatCents + vatCents,
      totalCents: this.#totals.totalCents + totalCents,
    };
  }

  get totals(): PayoutRunTotals {
    return this.#totals;
  }

  fingerprint(): string {
    return this.#hash.copy().digest('hex');
  }
}
