import {
  newFact,
  openRun,
  payoutRunState,
  streams,
  type Fact,
  type FactOfType,
  type PayoutAssessment,
  type PayoutRunView,
} from '@provisie/domain';
import { eventIdOf, type EventStore, type RecordedEvent } from '@provisie/event-store';
import { onCaughtUpSnapshot } from '../caught-up.ts';
import { PayoutError } from '../errors.ts';
import { decideOn, factsIn, largeEventsIn } from '../log.ts';
import type { Command, PayoutPorts } from '../ports.ts';
import { assessments, hashOfLines, PlanSum } from './plan.ts';
import type { PlanQuestion, RunRequest } from './plan.ts';
import { questionOf } from './preview-run.ts';
import { runOf } from './run-log.ts';

/** Payouts in one event of a plan. */
const PART = 500;

export interface ApproveRequest extends RunRequest {
  /** Of the preview that is approved; null: whatever is due now. */
  readonly fingerprint: string | null;
}

/**
 * Approves what is due now as a run: the plan is written down, then the run is opened, which only one at a time can
 * be. Nothing is scheduled by it. Throws `PayoutError`.
 */
export async function approveNewRun(
  ports: PayoutPorts,
  command: Command,
  request: ApproveRequest,
): Promise<PayoutRunView> {
  const repeated = await repeatOf(ports.store, command);
  if (repeated !== null) return repeated;
  const runs = await factsIn(ports.store, streams.payoutRuns);
  refuseBesides(runs);
  // Runs that were opened and closed since would have changed what is due: the plan is made after this reading.
  const known = runs.length;
  const question = questionOf(ports, request);
  return onCaughtUpSnapshot(ports, async (model) => {
    const sum = new PlanSum(request);
    for await (const due of dueIn(assessments(model, question))) sum.add(due);
    requireApproved(request, sum);
    const runId = runIdOf(command, sum.fingerprint());
    const parts = await writePlan(ports, command, runId, dueIn(assessments(model, question)));
    return open(ports, command, question, { sum, runId, parts, known });
  });
}

async function* dueIn(all: AsyncIterable<PayoutAssessment>): AsyncGenerator<PayoutAssessment> {
  for await (const assessment of all) if (assessment.status === 'due') yield assessment;
}

/** The run that this very command opened before. */
async function repeatOf(store: EventStore, command: Command): Promise<PayoutRunView | null> {
  for await (const event of store.readStream(streams.payoutRuns)) {
    if (event.id !== command.id) continue;
    refuseOtherRequest(command, event);
    return runOf(store, runIdIn(event));
  }
  return null;
}

function refuseOtherRequest(command: Command, event: RecordedEvent): void {
  if ((event.metadata['requestHash'] ?? null) === command.requestHash) return;
  throw new PayoutError(
    'idempotency_key_reused',
    'This Idempotency-Key came with another request before. Use a new one for a new request.',
  );
}

function runIdIn({ data }: RecordedEvent): string {
  return typeof data === 'object' && data !== null && 'runId' in data ? String(data.runId) : '';
}

function refuseBesides(facts: readonly Fact[]): void {
  const open = openRun(facts);
  if (open === null) return;
  const what =
    open.status === 'awaiting_approval' ? 'awaits a second approval' : 'is still being scheduled';
  throw new PayoutError(
    'run_open',
    `Payout run ${open.runId} ${what}. One run is made at a time: approve or cancel that one first.`,
  );
}

function requireApproved({ fingerprint }: ApproveRequest, sum: PlanSum): void {
  if (fingerprint !== null && fingerprint !== sum.fingerprint()) {
    throw new PayoutError(
      'plan_changed',
      'What is due has changed since the preview that is approved. Look at a new preview and approve that.',
      [{ where: '/fingerprint', message: `is now ${sum.fingerprint()}` }],
    );
  }
  if (sum.totals.payouts > 0) return;
  throw new PayoutError('nothing_due', 'Nobody is due, so there is nothing to approve.');
}

/** The same command on the same plan gives the same run, also after a crash in between. */
function runIdOf({ id }: Command, fingerprint: string): string {
  const hex = eventIdOf('payout-run', id, fingerprint).replaceAll('-', '');
  return `run-${hex.slice(0, 16)}`;
}

/** The id of a partner's payout in a run, and so the end-to-end id of the payment. */
function payoutIdOf(runId: string, partnerId: string): string {
  return eventIdOf('payout', runId, partnerId).replaceAll('-', '');
}

async function writePlan(
  { store, now }: PayoutPorts,
  { by }: Command,
  runId: string,
  due: AsyncIterable<PayoutAssessment>,
): Promise<number> {
  const stream = streams.payoutRun(runId);
  const there = new Set<string>();
  for await (const { id } of largeEventsIn(store, stream)) there.add(id);
  let part = 0;
  const write = async (payouts: FactOfType<'PayoutRunPlanned'>['data']['payouts']) => {
    part += 1;
    const id = eventIdOf('PayoutRunPlanned', runId, String(part));
    if (there.has(id)) return;
    const data = { runId, part, payouts };
    const planned = newFact('PayoutRunPlanned', { id, occurredAt: now(), data });
    await store.append(stream, [{ ...planned, metadata: { by } }], 'any');
  };
  let payouts: FactOfType<'PayoutRunPlanned'>['data']['payouts'] = [];
  for await (const { partnerId, netCents, totalCents, lines } of due) {
    const payoutId = payoutIdOf(runId, partnerId);
    payouts.push({ payoutId, partnerId, netCents, totalCents, lines: hashOfLines(lines) });
    if (payouts.length < PART) continue;
    await write(payouts);
    payouts = [];
  }
  if (payouts.length > 0) await write(payouts);
  return part;
}

interface Planned {
  readonly sum: PlanSum;
  readonly runId: string;
  readonly parts: number;
  /** Events of the runs' stream when the plan was begun. */
  readonly known: number;
}

async function open(
  { store, policy }: PayoutPorts,
  command: Command,
  question: PlanQuestion,
  { sum, runId, parts, known }: Planned,
): Promise<PayoutRunView> {
  const { facts } = await decideOn(store, {
    stream: streams.payoutRuns,
    by: command.by,
    requestHash: command.requestHash,
    decide: (runs) => {
      if (runs.some((fact) => fact.id === command.id)) return [];
      refuseBesides(runs);
      if (runs.length !== known) throw overtaken();
      const data = {
        runId,
        currency: question.currency,
        cutOff: question.cutOff,
        partnerIds: question.partnerIds === null ? null : [...question.partnerIds],
        parts,
        ...sum.totals,
        fingerprint: sum.fingerprint(),
        approvedBy: command.by,
        approvalsRequired: policy.approvalsRequired,
      };
      return [newFact('PayoutRunOpened', { id: command.id, occurredAt: question.at, data })];
    },
  });
  const run = payoutRunState(await facts(), runId);
  return run ?? runOf(store, runId);
}

function overtaken(): PayoutError {
  return new PayoutError(
    'plan_changed',
    'Another payout run was made meanwhile, so this one would pay what that one did. Look at a new preview.',
  );
}

/** The second person's approval. The same person twice is refused; a run that needs no more is left as it is. */
export async function approveOpenRun(
  { store, now }: PayoutPorts,
  command: Command,
  runId: string,
): Promise<PayoutRunView> {
  const { facts } = await decideOn(store, {
    stream: streams.payoutRuns,
    by: command.by,
    requestHash: command.requestHash,
    decide: (runs) => {
      const run = payoutRunState(runs, runId);
      if (run === null) throw new PayoutError('run_unknown', `There is no payout run ${runId}.`);
      if (run.status === 'abandoned') {
        throw new PayoutError('run_state', `Payout run ${runId} was cancelled.`);
      }
      if (run.status !== 'awaiting_approval') return [];
      if (run.approvedBy.includes(command.by)) {
        throw new PayoutError(
          'same_person',
          'This access key approved the run already; the second approval is another person’s, with a key of their own.',
        );
      }
      const data = { runId, approvedBy: command.by };
      return [newFact('PayoutRunApproved', { id: command.id, occurredAt: now(), data })];
    },
  });
  const run = payoutRunState(await facts(), runId);
  return run ?? runOf(store, runId);
}
