import { newFact, streams, type NewFact } from '@provisie/domain';
import { decideAndAppend, type EventStore } from '@provisie/event-store';
import type { Setup } from '../sample/setup.ts';

/**
 * What ended or was interrupted before the office moved in. The API takes these as of now only, so the
 * dates they had go into the log directly.
 */
export async function recordHistory(
  store: EventStore,
  ids: () => string,
  setup: Setup,
): Promise<void> {
  const record = async (stream: string, facts: readonly NewFact[]) => {
    if (facts.length > 0) await decideAndAppend(store, stream, () => facts);
  };
  const at = (moment: string) => ({ id: ids(), occurredAt: Date.parse(moment) });
  for (const { partnerId, suspensions } of setup.partners) {
    const facts: NewFact[] = [];
    for (const { from, reason, until } of suspensions) {
      facts.push(newFact('PartnerSuspended', { ...at(from), data: { partnerId, reason } }));
      if (until === undefined) continue;
      facts.push(newFact('PartnerReinstated', { ...at(until), data: { partnerId } }));
    }
    await record(streams.partner(partnerId), facts);
  }
  for (const { code, disabledAt } of setup.links) {
    if (disabledAt === undefined) continue;
    await record(streams.link(code), [
      newFact('LinkDisabled', { ...at(disabledAt), data: { code } }),
    ]);
  }
  for (const { code, withdrawnAt } of setup.coupons) {
    if (withdrawnAt === undefined) continue;
    await record(streams.coupon(code), [
      newFact('CouponWithdrawn', { ...at(withdrawnAt), data: { code } }),
    ]);
  }
}
