import { openEventStore, openReadModelHome, openVault, withoutPassword } from '@provisie/engines';
import { createEventIds } from '@provisie/event-store';
import {
  clientAddressBy,
  createLogger,
  listen,
  runAsProcess,
  untilStopped,
  type Environment,
} from '@provisie/process';
import { openLiveReadModel } from '@provisie/read-model';
import { issueFirstAdminKey } from './keys/key-commands.ts';
import { readApiProcessConfig } from './process/api-process-config.ts';
import { openApi } from './process/open-api.ts';
import { processMetrics } from './process/process-metrics.ts';

/**
 * The API as a process of its own: runs until SIGTERM or SIGINT. Any number may run beside each other on stores that
 * several processes may write to. Throws `ConfigError` and `UsageError`.
 */
export async function runApiProcess(environment: Environment): Promise<void> {
  const config = readApiProcessConfig(environment);
  const logger = createLogger(config.logLevel);
  const onError = (error: unknown) => {
    logger.error({ err: error, part: 'read model' }, 'read model: something went wrong');
  };
  await using opened = new AsyncDisposableStack();
  const door = await listen(config);
  opened.defer(() => door.close(0));
  const store = await openEventStore(config.stores.eventStore);
  opened.defer(() => store.close());
  const vault = await openVault(config.stores.vault, { mustExist: (await store.head()) > 0 });
  opened.defer(() => vault.close());
  const home = await openReadModelHome(config.stores.readModel);
  opened.defer(() => home.close());
  const live = await openLiveReadModel({ home, onError });
  opened.defer(() => live.close());
  const api = await openApi({
    ...config,
    store,
    vault,
    readModel: live.readModel,
    logger,
    clientAddress: clientAddressBy(config.clientAddressHeader),
    trackerBaseUrl: config.publicUrl,
  });
  opened.defer(() => api.close());
  const { keyRing } = api;
  const first = await issueFirstAdminKey({ store, keyRing, ids: createEventIds(), now: Date.now });
  if (first !== null) {
    process.stdout.write(
      `This is the first start. The admin key, shown this once and kept nowhere:\n  ${first.secret}\n`,
    );
  }
  const stopped = untilStopped();
  const metrics = processMetrics();
  door.open((request, env) =>
    new URL(request.url).pathname === '/metrics'
      ? metrics.fetch(request)
      : api.app.fetch(request, env),
  );
  const eventStore = withoutPassword(config.stores.eventStore);
  logger.info({ url: door.url, eventStore, readModel: home.where }, 'the API runs');
  const signal = await stopped;
  logger.info({ signal }, 'finishing what is under way');
  // Requests first: what they use must be open until they are answered.
  await door.close(config.shutdownMs);
}

await runAsProcess(import.meta.filename, runApiProcess);
