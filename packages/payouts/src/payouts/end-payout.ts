import {
  newFact,
  payoutStates,
  streams,
  type Fact,
  type Instant,
  type NewFact,
  type PayoutView,
} from '@provisie/domain';
import { eventIdOf } from '@provisie/event-store';
import { documentEvents } from '../documents/issue-documents.ts';
import type { DocumentDesk } from '../documents/issue-documents.ts';
import { PayoutError } from '../errors.ts';
import { decideOn, payoutsOf } from '../log.ts';

/** What became of a payout. */
export type PayoutEnd =
  | { readonly outcome: 'paid'; readonly at: Instant | null; readonly reference: string | null }
  | {
      readonly outcome: 'failed';
      readonly at: Instant | null;
      readonly reason: string;
      /** The money had left and came back. */
      readonly returned: boolean;
    }
  | {
      readonly outcome: 'cancelled';
      readonly reason: string;
      /** Somebody made sure that the payment file it stands in won't be carried out. */
      readonly notSentToBank: boolean;
    };

export interface PayoutName {
  readonly partnerId: string;
  readonly payoutId: string;
}

/** Whether it was told before; a payment that came back since may be told of again by the statement that has it. */
export function isRecorded({ status, paidAt }: PayoutView, end: PayoutEnd): boolean {
  if (status === end.outcome) return true;
  return end.outcome === 'paid' && end.at !== null && end.at === paidAt;
}

/**
 * Whether it may have left the account then, although it is known to have come back: of two statements, the later one
 * may be told first. What failed otherwise can't have left, and is due again: that it was paid must be looked at.
 */
export function leftBeforeItCameBack(payout: PayoutView, at: Instant | null): boolean {
  const { returned, paidAt, endedAt } = payout;
  return returned && paidAt === null && at !== null && endedAt !== null && at <= endedAt;
}

/** Why what is asked can't happen to the payout; null when it can. */
export function refusalOf(payout: PayoutView, end: PayoutEnd, now: Instant): PayoutError | null {
  const { payoutId, status, scheduledAt } = payout;
  const refuse = (why: string) => new PayoutError('payout_state', `Payout ${payoutId} ${why}`);
  if (end.outcome !== 'cancelled' && end.at !== null && (end.at > now || end.at < scheduledAt)) {
    return new PayoutError(
      'moment_mismatch',
      `Payout ${payoutId} was scheduled at ${new Date(scheduledAt).toISOString()}: the bank’s date lies between then and now.`,
    );
  }
  switch (end.outcome) {
    case 'paid':
      return (status === 'cancelled' || status === 'failed') &&
        !leftBeforeItCameBack(payout, end.at)
        ? refuse(
            `${status === 'failed' ? 'failed' : 'was cancelled'} before: it can’t be paid. The money is due again in the next run.`,
          )
        : null;
    case 'failed':
      if (status === 'cancelled') return refuse('was cancelled before.');
      return status === 'scheduled'
        ? refuse('is in no payment file yet, so no bank can have refused it. Cancel it instead.')
        : null;
    case 'cancelled':
      if (status === 'paid')
        return refuse('is paid. If the bank returned it, confirm it as failed.');
      if (status === 'failed') return refuse('failed before: its money is due again already.');
      return status === 'exported' && !end.notSentToBank
        ? refuse(
            'stands in a payment file. Make sure that the bank won’t carry it out, and say so with `notSentToBank`.',
          )
        : null;
  }
}

/** Records the end of a payout together with the papers that it makes due; nothing when it was recorded before. */
export async function endPayout(
  desk: DocumentDesk,
  by: string,
  { partnerId, payoutId }: PayoutName,
  end: PayoutEnd,
): Promise<{ readonly payout: PayoutView; readonly position: number }> {
  const { facts, position } = await decideOn(desk.store, {
    stream: streams.payouts(partnerId),
    by,
    decide: async (before) => {
      const payout = payoutIn(before, payoutId);
      if (isRecorded(payout, end)) return [];
      const refusal = refusalOf(payout, end, desk.now());
      if (refusal !== null) throw refusal;
      const event = endEvent(desk, payout, end);
      const after = [...before, { ...event, recordedAt: 0, position: Number.MAX_SAFE_INTEGER }];
      return [event, ...(await documentEvents(desk, after, payoutId))];
    },
  });
  return { payout: payoutIn(await facts(), payoutId), position };
}

function payoutIn(facts: readonly Fact[], payoutId: string): PayoutView {
  const payout = payoutStates(facts).find((state) => state.payoutId === payoutId);
  if (payout !== undefined) return payout;
  throw new PayoutError('payout_unknown', `There is no payout ${payoutId}.`);
}

export async function findPayout(
  { store }: Pick<DocumentDesk, 'store'>,
  { partnerId, payoutId }: PayoutName,
): Promise<PayoutView> {
  return payoutIn(await payoutsOf(store, partnerId), payoutId);
}

type EndEvent = NewFact<'PayoutPaid'> | NewFact<'PayoutFailed'> | NewFact<'PayoutCancelled'>;

function endEvent(desk: DocumentDesk, payout: PayoutView, end: PayoutEnd): EndEvent {
  const { payoutId, partnerId, scheduledAt } = payout;
  const id = eventIdOf('payout-end', payoutId, end.outcome);
  switch (end.outcome) {
    case 'paid': {
      const occurredAt = Math.max(end.at ?? desk.now(), scheduledAt);
      const reference = end.reference === null ? {} : { reference: end.reference };
      return newFact('PayoutPaid', { id, occurredAt, data: { payoutId, partnerId, ...reference } });
    }
    case 'failed': {
      const occurredAt = Math.max(end.at ?? desk.now(), payout.paidAt ?? scheduledAt);
      const { reason } = end;
      const returned = end.returned ? ({ returned: true } as const) : {};
      const data = { payoutId, partnerId, reason, ...returned };
      return newFact('PayoutFailed', { id, occurredAt, data });
    }
    case 'cancelled': {
      const { reason } = end;
      const occurredAt = Math.max(desk.now(), scheduledAt);
      return newFact('PayoutCancelled', { id, occurredAt, data: { payoutId, partnerId, reason } });
    }
  }
}
