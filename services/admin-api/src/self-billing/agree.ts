import { newFact, streams } from '@provisie/domain';
import type { Instant } from '@provisie/domain';
import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import { change } from '../api.ts';
import type { Api } from '../api.ts';
import type { Changed } from '../change-stream.ts';
import { momentOfChange } from '../moments.ts';
import { knownPartner } from '../partners/partner.ts';

interface Agreeing {
  readonly partnerId: string;
  readonly agreement: string;
  /** The partner through their own key, or the merchant, who holds the signed paper. */
  readonly recordedFor: 'partner' | 'merchant';
  readonly agreedAt?: Instant | undefined;
}

/** Records the prior agreement; one to the same text that is in force stays as it is. */
export function agreeToSelfBilling(
  api: Api,
  c: Context<HttpEnv>,
  { agreedAt: told, ...data }: Agreeing,
): Promise<Changed> {
  return change(api, c, {
    stream: streams.partner(data.partnerId),
    decide: (facts, newId) => {
      const { selfBilling, appliedAt } = knownPartner(facts);
      if (selfBilling?.agreement === data.agreement) return [];
      // Before what was agreed or ended last it would change nothing.
      const earlier = facts.filter(
        ({ type }) => type === 'SelfBillingAgreed' || type === 'SelfBillingEnded',
      );
      const since = Math.max(appliedAt, ...earlier.map(({ occurredAt }) => occurredAt + 1));
      const moment = { told, now: api.now(), since, path: '/agreedAt' };
      const occurredAt = momentOfChange(facts, moment);
      return [newFact('SelfBillingAgreed', { id: newId(), occurredAt, data })];
    },
  });
}
