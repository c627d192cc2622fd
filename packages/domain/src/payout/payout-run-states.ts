import type { Fact, FactOfType } from '../event-catalogue.ts';
import type { Instant } from '../instant.ts';
import type { Cents } from '../money.ts';

/** `awaiting_approval`: a second person must approve. `scheduling`: approved, payouts are being written. */
export type PayoutRunStatus = 'awaiting_approval' | 'scheduling' | 'scheduled' | 'abandoned';

/** What the facts of one run come to. */
export interface PayoutRunView {
  readonly runId: string;
  readonly status: PayoutRunStatus;
  readonly currency: string;
  readonly cutOff: Instant;
  readonly partnerIds: readonly string[] | null;
  readonly openedAt: Instant;
  /** The access keys of those who approved, in that order. */
  readonly approvedBy: readonly string[];
  readonly approvalsRequired: number;
  readonly fingerprint: string;
  readonly planned: PayoutRunTotals;
  readonly closedAt: Instant | null;
  /** Null until it is closed. */
  readonly scheduled: PayoutRunTotals | null;
  readonly skipped: number;
  readonly reason: string | null;
  /** The payment files made of it. */
  readonly exports: readonly {
    readonly attempt: number;
    readonly exportedAt: Instant;
    readonly executionDate: string;
    readonly payouts: number;
    readonly totalCents: Cents;
  }[];
}

export interface PayoutRunTotals {
  readonly payouts: number;
  readonly netCents: Cents;
  readonly vatCents: Cents;
  readonly totalCents: Cents;
}

/** The runs that the facts tell of, as they were opened. */
export function payoutRunStates(facts: Iterable<Fact>): readonly PayoutRunView[] {
  const runs = new Map<string, Gathered>();
  for (const fact of facts) {
    if (fact.type === 'PayoutRunOpened') {
      runs.set(fact.data.runId, { opened: fact, approved: [], closed: null, exported: [] });
    }
    const run = 'runId' in fact.data ? runs.get(fact.data.runId) : undefined;
    if (run === undefined) continue;
    if (fact.type === 'PayoutRunApproved') run.approved.push(fact);
    else if (fact.type === 'PayoutRunClosed') run.closed = fact;
    else if (fact.type === 'PayoutRunExported') run.exported.push(fact);
  }
  return [...runs.values()].map(viewOf);
}

/** As `payoutRunStates`, of one; null when it was never opened. */
export function payoutRunState(facts: Iterable<Fact>, runId: string): PayoutRunView | null {
  return payoutRunStates(facts).find((run) => run.runId === runId) ?? null;
}

/** The run that is neither scheduled nor abandoned yet: no other may be opened. */
export function openRun(facts: Iterable<Fact>): PayoutRunView | null {
  const isOpen = ({ status }: PayoutRunView) =>
    status === 'awaiting_approval' || status === 'scheduling';
  return payoutRunStates(facts).find(isOpen) ?? null;
}

interface Gathered {
  readonly opened: FactOfType<'PayoutRunOpened'>;
  readonly approved: FactOfType<'PayoutRunApproved'>[];
  closed: FactOfType<'PayoutRunClosed'> | null;
  readonly exported: FactOfType<'PayoutRunExported'>[];
}

function viewOf({ opened, approved, closed, exported }: Gathered): PayoutRunView {
  const { runId, currency, cutOff, partnerIds, fingerprint, approvalsRequired } = opened.data;
  const approvedBy = [
    ...new Set([opened.data.approvedBy, ...approved.map(({ data }) => data.approvedBy)]),
  ];
  const isApproved = approvedBy.length >= approvalsRequired;
  return {
    runId,
    status: closed?.data.outcome ?? (isApproved ? 'scheduling' : 'awaiting_approval'),
    currency,
    cutOff,
    partnerIds,
    openedAt: opened.occurredAt,
    approvedBy,
    approvalsRequired,
    fingerprint,
    planned: totalsOf(opened.data),
    closedAt: closed?.occurredAt ?? null,
    scheduled: closed === null ? null : totalsOf(closed.data),
    skipped: closed?.data.skipped ?? 0,
    reason: closed?.data.reason ?? null,
    exports: exported.map(({ occurredAt, data }) => ({
      attempt: data.attempt,
      exportedAt: occurredAt,
      executionDate: data.executionDate,
      payouts: data.payouts,
      totalCents: data.totalCents,
    })),
  };
}

function totalsOf({ payouts, netCents, vatCents, totalCents }: PayoutRunTotals): PayoutRunTotals {
  return { payouts, netCents, vatCents, totalCents };
}
