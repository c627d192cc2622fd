import { streams } from '@provisie/domain';
import type { EventStore } from '@provisie/event-store';
import type { ReadModel } from '@provisie/read-model';
import { readFacts } from '../change-stream.ts';
import type { OrderLock } from './order-commands.ts';

/**
 * The lock of an order. Which payout it is comes from the read model, caught up first; a payout that is made
 * at this very moment may be missed, and then the decision itself passes over the amendment.
 */
export function createLockReader(
  store: EventStore,
  readModel: ReadModel,
  waitMs: number,
): (orderId: string) => Promise<OrderLock | null> {
  return async (orderId) => {
    await readModel.waitFor(await store.head(), waitMs);
    const award = (await readModel.decision(orderId))?.award ?? null;
    const payoutId = award?.lockedByPayoutId ?? null;
    if (award === null || payoutId === null) return null;
    const facts = await readFacts(store, streams.payouts(award.partnerId));
    const scheduled = facts.find(
      (fact) => fact.type === 'PayoutScheduled' && fact.data.payoutId === payoutId,
    );
    return scheduled === undefined ? null : { payoutId, lockedAt: scheduled.occurredAt };
  };
}
