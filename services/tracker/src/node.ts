import { createLogger, listen, runAsProcess, untilStopped } from '@provisie/process';
import type { Environment } from '@provisie/process';
import { openNode } from './node/open-node.ts';
import { readNodeConfig } from './node/node-config.ts';

export { readNodeConfig } from './node/node-config.ts';
export type { NodeConfig } from './node/node-config.ts';
export { openNode } from './node/open-node.ts';
export type { TrackerNode } from './node/open-node.ts';

/** A tracker node as a process: runs until SIGTERM or SIGINT. Throws `ConfigError` and `UsageError`. */
export async function runTrackerNode(environment: Environment): Promise<void> {
  const config = readNodeConfig(environment);
  const log = createLogger(config.logLevel);
  const door = await listen(config);
  const node = await openNode(config, log);
  const stopped = untilStopped();
  door.open((request, env) => node.fetch(request, env), node.front);
  log.info({ url: door.url, node: config.nodeName, ...node.status() }, 'the tracker node listens');
  const signal = await stopped;
  log.info({ signal }, 'finishing what is under way');
  node.retire();
  await door.close(config.shutdownMs);
  await node.close(config.shutdownMs);
  log.info({}, 'stopped; what was recorded is on the disk');
}

await runAsProcess(import.meta.filename, runTrackerNode);
