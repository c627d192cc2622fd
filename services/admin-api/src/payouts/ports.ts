import type { Command, PayoutPorts } from '@provisie/payouts';
import type { HttpEnv } from '@provisie/http';
import type { Context } from 'hono';
import type { Api } from '../api.ts';
import { requestEventId } from '../change-stream.ts';

/** What the commands on payouts work with. */
export function payoutPorts({
  store,
  readModel,
  vault,
  now,
  payoutPolicy,
  allLimits,
}: Api): PayoutPorts {
  return { store, readModel, vault, now, policy: payoutPolicy, waitMs: allLimits.waitMs };
}

/** What the caller of `c` asks for: with the same Idempotency-Key the same command. */
export function commandOf(api: Api, c: Context<HttpEnv>): Command {
  const { keyId } = c.get('principal');
  const idempotency = c.get('idempotency');
  return idempotency === null
    ? { id: api.ids(), by: keyId, requestHash: null }
    : { id: requestEventId(idempotency), by: keyId, requestHash: idempotency.requestHash };
}
