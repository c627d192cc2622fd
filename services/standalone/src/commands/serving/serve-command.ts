import type { Config } from '../../config.ts';
import { createLogger } from '@provisie/process';
import { startServer } from '../../serve.ts';
import { print } from '../output.ts';
import { untilStopped } from '@provisie/process';

/** `provisie serve`: runs until SIGTERM or SIGINT. */
export async function serveCommand(config: Config): Promise<void> {
  const logger = createLogger(config.logLevel);
  const server = await startServer(config, logger);
  const stopped = untilStopped();
  const address = config.publicUrl ?? server.url;
  if (server.firstAdminKey !== null) {
    print('This is the first start. The admin key, shown this once and kept nowhere:');
    print(`  ${server.firstAdminKey}`);
  }
  print(`Provisie listens on ${server.url} (data in ${config.dataFolder})`);
  print(`API reference: ${address}/reference`);
  const signal = await stopped;
  logger.info({ signal }, 'finishing what is under way');
  await server.close();
  print('Stopped; everything that was acknowledged is on disk.');
}
