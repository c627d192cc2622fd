import { z } from '@hono/zod-openapi';
import { partnerIdSchema } from '@provisie/domain';
import { maskedIban, openPayoutDetails, payoutDetailsShape } from '@provisie/payouts';
import type { PartnerView } from '@provisie/read-model';
import type { Api } from '../api.ts';
import { instantAnswer, iso } from '../instants.ts';
import { problem } from '../problems.ts';

const detailsSchema = z.object(payoutDetailsShape.shape).openapi('PayoutDetails');

/** What is answered about a partner's payout details. */
export const payoutDetailsAnswerSchema = z.object({
  partnerId: partnerIdSchema,
  details: detailsSchema.nullable().openapi({ description: 'Null once they were erased.' }),
  changedAt: instantAnswer,
  blockedUntil: instantAnswer.nullable().openapi({
    description:
      'Nothing is paid before, because somebody else may have changed them. Null when that is over.',
  }),
});

/** An example of a request. */
export const PAYOUT_DETAILS_EXAMPLE = {
  accountHolder: 'Woonblog V.O.F.',
  iban: 'NL91 ABNA 0417 1643 00',
  bic: null,
  taxProfile: 'nl_business',
  vatId: 'NL853746333B01',
  registrationNumber: '12345678',
  street: 'Keizersgracht 1',
  postalCode: '1015 CJ',
  city: 'Amsterdam',
  country: 'NL',
  language: 'nl',
} as const;

/** The details in full. Throws `not_found` while there are none. */
export async function payoutDetailsAnswer(
  { vault, payoutPolicy, now }: Pick<Api, 'vault' | 'payoutPolicy' | 'now'>,
  { partnerId, payoutDetails }: PartnerView,
) {
  if (payoutDetails === null) {
    throw problem('not_found', 'Payout details were not given yet.');
  }
  const { changedAt } = payoutDetails;
  const blockedUntil = changedAt + payoutPolicy.coolingMs;
  return {
    partnerId,
    details: await openPayoutDetails(vault, payoutDetails.details),
    changedAt: iso(changedAt),
    blockedUntil: now() < blockedUntil ? iso(blockedUntil) : null,
  };
}

/** As the partner reads them: whoever got hold of the partner's key learns no account from it. */
export async function maskedDetailsAnswer(
  api: Pick<Api, 'vault' | 'payoutPolicy' | 'now'>,
  partner: PartnerView,
) {
  const answer = await payoutDetailsAnswer(api, partner);
  const { details } = answer;
  if (details === null) return answer;
  return { ...answer, details: { ...details, iban: maskedIban(details.iban) } };
}
