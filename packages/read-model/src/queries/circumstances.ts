import type { Candidate, Circumstances, Decision } from '@provisie/domain';
import type { ReadModel } from '../read-model.ts';

type Read = Pick<ReadModel, 'coupon' | 'link' | 'partner' | 'programme'>;

/** What an explanation of the decision has to know of the coupons, links, partners and programmes that are out. */
export async function circumstancesOf(read: Read, decision: Decision): Promise<Circumstances> {
  const named = (result: Candidate['result'], id: (candidate: Candidate) => string | null) =>
    decision.candidates.flatMap((candidate) =>
      candidate.result === result ? (id(candidate) ?? []) : [],
    );
  return {
    coupons: await each(
      named('coupon_not_valid', ({ couponCode }) => couponCode),
      (code) => read.coupon(code),
    ),
    links: await each(
      named('link_disabled', ({ linkCode }) => linkCode),
      (code) => read.link(code),
    ),
    partners: await each(
      named('partner_not_active', ({ partnerId }) => partnerId),
      (partnerId) => read.partner(partnerId),
    ),
    programmes: await each(
      named('programme_closed', ({ programmeId }) => programmeId),
      (programmeId) => read.programme(programmeId),
    ),
  };
}

async function each<T>(
  ids: readonly string[],
  find: (id: string) => Promise<T | null>,
): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  for (const id of new Set(ids)) {
    const row = await find(id);
    if (row !== null) found.set(id, row);
  }
  return found;
}
