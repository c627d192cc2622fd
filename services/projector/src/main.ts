import { openEventStore, openReadModelHome, withoutPassword } from '@provisie/engines';
import {
  createLogger,
  listen,
  runAsProcess,
  untilStopped,
  type Environment,
} from '@provisie/process';
import { readProjectorConfig } from './projector-config.ts';
import { runProjector } from './run-projector.ts';

/** A projector as a process: runs until SIGTERM or SIGINT. Throws `ConfigError` and `UsageError`. */
export async function runProjectorProcess(environment: Environment): Promise<void> {
  const config = readProjectorConfig(environment);
  const log = createLogger(config.logLevel);
  await using opened = new AsyncDisposableStack();
  const door = await listen(config);
  opened.defer(() => door.close(config.shutdownMs));
  const store = await openEventStore(config.eventStore, { readOnly: true });
  opened.defer(() => store.close());
  const home = await openReadModelHome(config.readModel);
  opened.defer(() => home.close());
  const projector = await runProjector({ ...config, store, home, log, now: Date.now });
  opened.defer(() => projector.stop());
  const stopped = untilStopped();
  door.open((request) => projector.fetch(request));
  const eventStore = withoutPassword(config.eventStore);
  log.info({ url: door.url, eventStore, readModel: home.where }, 'the projector runs');
  const signal = await stopped;
  log.info({ signal }, 'finishing the batch under way');
  const late = setTimeout(() => {
    log.error(
      {},
      'the batch under way took too long; it is left undone, and nothing of it written',
    );
    process.exit(1);
  }, config.shutdownMs);
  late.unref();
  await opened.disposeAsync();
  clearTimeout(late);
  log.info({}, 'stopped, and handed over');
}

await runAsProcess(import.meta.filename, runProjectorProcess);
