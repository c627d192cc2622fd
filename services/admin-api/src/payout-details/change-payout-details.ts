import { isDeepStrictEqual } from 'node:util';
import { newFact, streams } from '@provisie/domain';
import type { Fact, Instant } from '@provisie/domain';
import type { HttpEnv, Idempotency } from '@provisie/http';
import { openPayoutDetails, sealPayoutDetails } from '@provisie/payouts';
import type { PayoutDetails } from '@provisie/payouts';
import type { PartnerView } from '@provisie/read-model';
import type { Context } from 'hono';
import type { Api } from '../api.ts';
import { changeStream } from '../change-stream.ts';
import type { Changed } from '../change-stream.ts';
import { momentAfter, momentOfChange } from '../moments.ts';
import { knownPartner } from '../partners/partner.ts';
import { problem } from '../problems.ts';

interface DetailsChange {
  readonly partnerId: string;
  readonly details: PayoutDetails;
  /** When it happened, where the caller said so. */
  readonly changedAt?: Instant | undefined;
}

/** Every change is an event, and blocks payouts for a while; the same content again is no change. */
export async function changePayoutDetails(
  api: Api,
  c: Context<HttpEnv>,
  { partnerId, details, changedAt }: DetailsChange,
): Promise<Changed> {
  const accountKey = await api.accountKeys.ofIban(details.iban);
  return changeStream(api, {
    stream: streams.partner(partnerId),
    by: c.get('principal').keyId,
    idempotency: await keyed(api, c.get('idempotency')),
    decide: async (facts, newId) => {
      const partner = knownPartner(facts);
      if (await isSo(api, partner, details)) return [];
      const occurredAt = momentOf(facts, partner.appliedAt, changedAt, api.now());
      const sealed = await sealPayoutDetails(api.vault, partnerId, details);
      const { taxProfile } = details;
      const data = { partnerId, details: sealed, accountKey, taxProfile };
      return [newFact('PayoutDetailsChanged', { id: newId(), occurredAt, data })];
    },
  });
}

/** The log keeps the hash of a request for ever, and an account number could be guessed from it. */
async function keyed({ accountKeys }: Api, idempotency: Idempotency | null) {
  if (idempotency === null) return null;
  return { ...idempotency, requestHash: await accountKeys.ofRequest(idempotency.requestHash) };
}

async function isSo({ vault }: Api, { payoutDetails }: PartnerView, details: PayoutDetails) {
  if (payoutDetails === null) return false;
  return isDeepStrictEqual(await openPayoutDetails(vault, payoutDetails.details), details);
}

/** A change told of as an old one would get round the time that a change blocks payouts. */
function momentOf(
  facts: readonly Fact[],
  appliedAt: Instant,
  told: Instant | undefined,
  now: Instant,
): Instant {
  if (told === undefined) return momentAfter(facts, now);
  // Also those that were removed since were the first.
  if (!facts.some(({ type }) => type === 'PayoutDetailsChanged')) {
    return momentOfChange(facts, { told, now, since: appliedAt, path: '/changedAt' });
  }
  throw problem('invalid_request', 'One value is not right; see `errors`.', {
    errors: [
      {
        path: '/changedAt',
        problem: 'only the first payout details may carry the date they had',
        expected: 'without changedAt',
      },
    ],
  });
}
