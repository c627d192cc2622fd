import { createRoute, z } from '@hono/zod-openapi';
import { dayText } from '@provisie/domain';
import type { Endpoint } from '../api.ts';
import { iso, instantAnswer } from '../instants.ts';
import { balanceSchema } from '../reports/balance.ts';
import { jsonAnswer, readFailures } from '../route-parts.ts';
import { waitQuery } from '../wait-for-position.ts';
import { ownPartnerId, ownTags } from './me.ts';
import { outlookSchema, payoutOutlooks } from './own-payout-outlook.ts';

const MAX_CURRENCIES = 500;

const ABOUT_HOLD =
  'What is in hold was earned, but the order can still be returned. It becomes payable when the hold of the programme’s terms ends; refunds and cancellations until then lower it.';

const answer = z.object({
  at: instantAnswer,
  balances: z
    .array(
      balanceSchema
        .extend({
          payout: outlookSchema.openapi({
            description: 'Whether it would be paid now, and if not, why not.',
          }),
        })
        .openapi('OwnBalance'),
    )
    .readonly(),
  aboutHold: z.string().openapi({ example: ABOUT_HOLD }),
  pending: z
    .array(
      z.object({
        payableOn: z.iso.date().nullable().openapi({
          description:
            'A day in the Netherlands. Null while orders are not completed, where the terms wait for that.',
        }),
        currency: z.string(),
        amountCents: z.int(),
        commissions: z.int(),
      }),
    )
    .readonly()
    .openapi({
      description:
        'What is in hold by the day it becomes payable, soonest first. One by one they are in `/v1/me/commissions?status=pending`.',
    }),
  pendingIsComplete: z.literal(true).openapi({ description: 'However many there are.' }),
});

export const getOwnBalance: Endpoint = (api) => {
  const route = createRoute({
    method: 'get',
    path: '/v1/me/balance',
    tags: ownTags,
    summary: 'Read what I have earned and what is missing to the threshold',
    ...api.reads('partner'),
    request: { query: z.strictObject(waitQuery) },
    responses: {
      200: jsonAnswer('A balance for each currency, and what is still in hold.', answer),
      ...readFailures,
    },
  });
  api.app.openapi(route, async (c) => {
    const partnerId = ownPartnerId(c);
    const at = api.now();
    const page = { limit: MAX_CURRENCIES, cursor: null };
    const [balances, days] = await Promise.all([
      api.readModel.balances({ partnerId }, { asOf: at, knownAt: null }, page),
      api.readModel.pendingDays(partnerId, at),
    ]);
    const currencies = balances.rows.map(({ currency }) => currency);
    const outlooks = await payoutOutlooks(api, { partnerId, at }, currencies);
    const withOutlook = balances.rows.flatMap((balance) => {
      const payout = outlooks.get(balance.currency);
      return payout === undefined ? [] : [{ ...balance, payout }];
    });
    const pending = days.map(({ payableDay, ...day }) =>
      Object.assign({ payableOn: payableDay === null ? null : dayText(payableDay) }, day),
    );
    const complete = { pendingIsComplete: true, aboutHold: ABOUT_HOLD } as const;
    return c.json({ at: iso(at), balances: withOutlook, pending, ...complete }, 200);
  });
};
