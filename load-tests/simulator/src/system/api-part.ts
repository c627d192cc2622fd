import { createAdminApi, openKeyRing } from '@provisie/admin-api';
import { createAccountKeys, createPayoutRuns } from '@provisie/payouts';
import { createCustomerKeys } from '@provisie/privacy';
import { openLiveReadModel, type ReadModel, type ReadModelHome } from '@provisie/read-model';
import type { Caller } from './caller.ts';
import type { App, Context } from './parts.ts';

export interface ApiPart {
  readonly app: App;
  readonly readModel: ReadModel;
}

export async function openApi(context: Context, home: ReadModelHome): Promise<ApiPart> {
  const { store, vault, ids, now, signal, onError, opened } = context;
  const live = await openLiveReadModel({ home, onError });
  opened.defer(() => live.close());
  const readModel = readingThroughGates(live.readModel, context.caller);
  const keyRing = await openKeyRing(store, { signal, onError });
  const payoutPolicy = {
    approvalsRequired: context.approvalsRequired,
    coolingMs: 24 * 3_600_000,
  };
  const payoutRuns = createPayoutRuns({
    store,
    readModel,
    vault,
    now,
    policy: payoutPolicy,
    signal,
    onError,
  });
  await payoutRuns.resume();
  const app = createAdminApi({
    store,
    readModel,
    vault,
    customerKeys: createCustomerKeys(await vault.secret('customer-keys')),
    accountKeys: createAccountKeys(await vault.secret('payout-accounts')),
    keyRing,
    ids,
    now,
    logger: {
      info: () => undefined,
      warn: () => undefined,
      error: (fields) => {
        onError('err' in fields ? fields.err : fields);
      },
    },
    trackerBaseUrl: 'https://go.example.nl',
    payoutPolicy,
    payoutRuns,
  });
  return { app: async (path, init) => app.request(path, init), readModel: live.readModel };
}

/** Others may act between any two queries. */
function readingThroughGates(readModel: ReadModel, caller: Caller): ReadModel {
  return {
    ...readModel,
    snapshot: async (work) => {
      await caller.pass('before_query', 'snapshot');
      return readModel.snapshot(async (model) => {
        await caller.pass('before_query', 'in snapshot');
        return work(model);
      });
    },
    payout: async (payoutId) => {
      await caller.pass('before_query', 'payout');
      return readModel.payout(payoutId);
    },
    decision: async (orderId) => {
      await caller.pass('before_query', 'decision');
      return readModel.decision(orderId);
    },
  };
}
