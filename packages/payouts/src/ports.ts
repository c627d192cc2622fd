import type { Instant } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import type { Vault } from '@provisie/privacy';
import type { ReadModel } from '@provisie/read-model';

/** How carefully money goes out. */
export interface PayoutPolicy {
  /** How long changed payout details block payouts. */
  readonly coolingMs: number;
  /** People who must approve a run, by different access keys. */
  readonly approvalsRequired: 1 | 2;
}

export const DEFAULT_PAYOUT_POLICY: PayoutPolicy = {
  coolingMs: 72 * 3_600_000,
  approvalsRequired: 1,
};

export interface PayoutPorts {
  readonly store: EventStore;
  readonly readModel: Pick<ReadModel, 'snapshot' | 'waitFor' | 'payout'>;
  readonly vault: Vault;
  readonly now: () => Instant;
  readonly policy: PayoutPolicy;
  /** How long a command waits for the read model to have handled the log; default 10 s. */
  readonly waitMs?: number;
}

/** Who asks, and under which id: the same id again is the same command. */
export interface Command {
  /** A UUID: the id of the first event that the command leaves. */
  readonly id: string;
  /** The access key that asks. */
  readonly by: string;
  /** Of what was asked, where the id came from the caller. */
  readonly requestHash: string | null;
}
