import { z } from '@hono/zod-openapi';
import { assessPayout, nextPayday } from '@provisie/domain';
import type { Instant, PayoutCandidate } from '@provisie/domain';
import type { Api } from '../api.ts';
import { instantAnswer, isoOrNull } from '../instants.ts';
import { toldToPartner } from '../payouts/told-blocks.ts';

export const outlookSchema = z
  .object({
    status: z.enum(['due', 'below_threshold', 'blocked']).openapi({
      description:
        '`due`: the next payout run would pay. `below_threshold`: `missingCents` are missing, nothing else is in the way. `blocked`: see `blocks`.',
    }),
    blocks: z.array(
      z.object({
        reason: z.string(),
        text: z.string(),
        until: instantAnswer.nullable().openapi({ description: 'When it is over by itself.' }),
      }),
    ),
    nextPayday: instantAnswer
      .nullable()
      .openapi({ description: 'Null where payouts are made whenever finance makes a run.' }),
    missingCents: z.int().openapi({ description: 'To the threshold; 0 when it is reached.' }),
    netCents: z
      .int()
      .openapi({ description: 'What a payout would come to now; negative: is taken back first.' }),
    vatCents: z.int().openapi({ description: 'Paid on top.' }),
    totalCents: z.int(),
  })
  .openapi('PayoutOutlook');

interface Whose {
  readonly partnerId: string;
  readonly at: Instant;
}

/** What a payout run would do with the partner now, by currency. */
export function payoutOutlooks(
  { readModel, payoutPolicy }: Pick<Api, 'readModel' | 'payoutPolicy'>,
  { partnerId, at }: Whose,
  currencies: readonly string[],
) {
  return readModel.snapshot(async (snapshot) => {
    const outlooks = new Map<string, z.infer<typeof outlookSchema>>();
    for (const currency of currencies) {
      const candidate = await snapshot.payoutOutlook({ partnerId, currency, at });
      outlooks.set(currency, outlookOf(candidate, at, payoutPolicy.coolingMs));
    }
    return outlooks;
  });
}

function outlookOf(candidate: PayoutCandidate, at: Instant, coolingMs: number) {
  const assessment = assessPayout(candidate, { at, cutOff: at, coolingMs });
  const { status, blocks, missingCents, netCents, vatCents, totalCents } = assessment;
  return {
    status,
    blocks: blocks.map(toldToPartner),
    nextPayday: isoOrNull(nextPayday(candidate.terms?.schedules ?? [], at)),
    missingCents,
    netCents,
    vatCents,
    totalCents,
  };
}
