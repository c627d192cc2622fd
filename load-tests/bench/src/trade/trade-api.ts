import path from 'node:path';
import { createAdminApi, issueFirstAdminKey, issueKey, openKeyRing } from '@provisie/admin-api';
import { createEventIds } from '@provisie/event-store';
import { openSqliteEventStore } from '@provisie/event-store/sqlite';
import { createAccountKeys, createPayoutRuns, DEFAULT_PAYOUT_POLICY } from '@provisie/payouts';
import { createCustomerKeys } from '@provisie/privacy';
import { openSqliteVault } from '@provisie/privacy/sqlite';
import { openTrade } from './open-trade.ts';
import { LARGEST, partnerIdOf } from './trade-shape.ts';

const UNLIMITED = { requestsPerMinute: 1e9, unknownPerMinute: 1e9 };
const quiet = () => {};

/** The API over the read model at `place`, at the moment `now`; its access keys are in a store in `scratch`. */
export async function openTradeApi(place: string, scratch: string, now: number) {
  const stop = new AbortController();
  const store = openSqliteEventStore({ file: path.join(scratch, 'keys.sqlite') });
  const vault = openSqliteVault(path.join(scratch, 'vault.sqlite'));
  const model = await openTrade(place);
  const { readModel } = model;
  const keyRing = await openKeyRing(store, { signal: stop.signal });
  const ports = { store, keyRing, ids: createEventIds(), now: () => now };
  const admin = await issueFirstAdminKey(ports);
  const partner = await issueKey(
    ports,
    { by: 'bench', idempotency: null },
    { label: 'The largest partner', scopes: ['partner'], partnerId: partnerIdOf(LARGEST) },
  );
  const app = createAdminApi({
    ...ports,
    readModel,
    vault,
    customerKeys: createCustomerKeys(await vault.secret('customers')),
    accountKeys: createAccountKeys(await vault.secret('accounts')),
    payoutRuns: createPayoutRuns({
      store,
      readModel,
      vault,
      now: () => now,
      policy: DEFAULT_PAYOUT_POLICY,
      signal: stop.signal,
      onError: quiet,
    }),
    logger: { info: quiet, warn: quiet, error: console.error },
    limits: UNLIMITED,
    trackerBaseUrl: 'https://go.example.nl',
  });
  const close = async () => {
    stop.abort();
    await model.close();
    vault.close();
    await store.close();
  };
  const keys = { adminKey: admin?.secret ?? '', partnerKey: partner.secret ?? '' };
  return { fetch: app.fetch, keys, close };
}
