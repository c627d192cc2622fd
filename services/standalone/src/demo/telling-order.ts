import type { Decision } from '@provisie/domain';
import type { ReadModel } from '@provisie/read-model';
import type { Setup } from '../sample/setup.ts';

/** The order of the quarter that has the most to tell: several partners, different reasons, a reward. */
export async function tellingOrder(readModel: ReadModel, setup: Setup): Promise<Decision | null> {
  const placedFrom = Date.parse(setup.fromDay);
  let best: Decision | null = null;
  let cursor: string | null = null;
  do {
    const page = await readModel.orders({ placedFrom }, { limit: 500, cursor });
    for (const { orderId } of page.rows) {
      const decision: Decision | null = await readModel.decision(orderId);
      if (decision !== null && (best === null || interest(decision) > interest(best))) {
        best = decision;
      }
    }
    cursor = page.next;
  } while (cursor !== null);
  return best;
}

function interest({ candidates, reward, base }: Decision): number {
  const reasons = new Set(candidates.map(({ result }) => result)).size;
  const partners = new Set(candidates.map(({ partnerId }) => partnerId)).size;
  const earned = reward?.result === 'earned' ? 2 : 0;
  const refunded = base.refundIds.length > 0 && base.baseCents > 0 ? 1 : 0;
  return reasons * 2 + partners * 3 + earned + refunded;
}
