import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { CHROME } from './tracked-shop.ts';

const MAIN = fileURLToPath(new URL('../src/node.ts', import.meta.url));

/** 32 bytes in base64, as a node wants its keys. */
const KEYS = {
  PROVISIE_CUSTOMER_KEY: Buffer.alloc(32, 1).toString('base64'),
  PROVISIE_IP_KEY: Buffer.alloc(32, 2).toString('base64'),
} as const;

export const TOKEN = 'a-token-of-at-least-24-characters';

type Environment = Readonly<Record<string, string>>;

/** Disposing of it kills it, if it still runs. */
export interface NodeProcess extends AsyncDisposable {
  readonly url: string;
  /** The lines of its log so far. */
  log(): string;
  /** Resolves to the exit code; null when it was killed. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

/** Starts a tracker node on any free port and waits until it listens. */
export async function nodeProcess(environment: Environment): Promise<NodeProcess> {
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      PORT: '0',
      PROVISIE_NODE_NAME: 'test',
      PROVISIE_LINK_DIRECTORY_TOKEN: TOKEN,
      PROVISIE_SHUTDOWN_SECONDS: '5',
      ...KEYS,
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  const listening = Promise.withResolvers<string>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
    const url = /"url":"([^"]+)".*the tracker node listens/.exec(log)?.[1];
    if (url !== undefined) listening.resolve(url);
  });
  const closed = once(child, 'close');
  child.once('close', () => listening.reject(new Error(`the node ended:\n${log}`)));
  const stop = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await closed;
    return child.exitCode;
  };
  return {
    url: await listening.promise,
    log: () => log,
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}

/** Clicks on a link; resolves to the id of the click, null when it was redirected without one. */
export async function click(url: string, code = 'woonblog'): Promise<string | null> {
  const response = await fetch(`${url}/r/${code}`, {
    redirect: 'manual',
    headers: { 'user-agent': CHROME },
  });
  await response.body?.cancel();
  if (response.status !== 302) throw new Error(`answered ${String(response.status)}`);
  return new URL(response.headers.get('location') ?? '', url).searchParams.get('click_id');
}

/** People who click as fast as they are answered, until they are told to end or the node is gone. */
export function clicking(url: string, people: number) {
  const acknowledged: string[] = [];
  let unrecorded = 0;
  const over = new AbortController();
  const clickOnce = async () => {
    try {
      const id = await click(url);
      if (id === null) unrecorded += 1;
      else acknowledged.push(id);
    } catch (error) {
      // The connection broke because the node was killed.
      if (!(error instanceof TypeError)) throw error;
      over.abort();
    }
  };
  const untilOver = async () => {
    while (!over.signal.aborted) await clickOnce();
  };
  const ended = Promise.all(Array.from({ length: people }, untilOver));
  return {
    acknowledged,
    unrecorded: () => unrecorded,
    async end() {
      over.abort();
      await ended;
    },
  };
}

export async function readiness(url: string): Promise<{ status: number; page: unknown }> {
  const response = await fetch(`${url}/readyz`);
  return { status: response.status, page: await response.json() };
}

/** The value of a metric without labels. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^provisie_${name} (.+)$`, 'm').exec(text)?.[1]);
}
