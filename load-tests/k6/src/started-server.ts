import path from 'node:path';
import { startProgram } from './program.ts';
import type { Program } from './program.ts';

const CLI = path.join(import.meta.dirname, '../../../services/standalone/src/cli.ts');

/** `provisie serve` on a folder of its own. */
export interface StartedServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
  readonly adminKey: string;
  /** In good order; throws when it isn't. */
  stop(): Promise<void>;
}

/** As it would run behind a proxy, but with no limits on how often somebody may ask. */
const ENVIRONMENT = {
  PORT: '0',
  PROVISIE_LOG_LEVEL: 'warn',
  PROVISIE_CLIENT_ADDRESS_HEADER: 'x-forwarded-for',
  PROVISIE_REQUESTS_PER_MINUTE: '10000000',
  PROVISIE_UNKNOWN_REQUESTS_PER_MINUTE: '10000000',
  PROVISIE_BEACONS_PER_MINUTE: '10000000',
} as const;

export async function startServer(dataFolder: string, logFile: string): Promise<StartedServer> {
  const server = startProgram(process.execPath, [CLI, '--data', dataFolder, 'serve'], {
    environment: ENVIRONMENT,
    logFile,
  });
  const [, adminKey = '', url = ''] = await server.says(
    /^ {2}(pv_\S+)$[^]*listens on (\S+)[^]*API reference: .*\n/m,
  );
  return {
    url,
    pid: server.pid,
    adminKey,
    stop: () => stopInGoodOrder(server),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

async function stopInGoodOrder(server: Program): Promise<void> {
  const code = await server.stop('SIGTERM');
  if (code !== 0) throw new Error(`the server ended with ${String(code)}:\n${server.printed()}`);
}

/** Runs `provisie verify`; throws with what it printed when the read model isn't what the log makes of it. */
export async function verify(dataFolder: string, logFile: string): Promise<string> {
  const verifying = startProgram(process.execPath, [CLI, '--data', dataFolder, 'verify'], {
    environment: { NO_COLOR: '1' },
    logFile,
  });
  const code = await verifying.ended;
  const last = verifying.printed().trim().split('\n').at(-1) ?? '';
  if (code !== 0 || !last.startsWith('Equal ')) throw new Error(verifying.printed());
  return last;
}
