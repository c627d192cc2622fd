import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const CLI = path.resolve(import.meta.dirname, '../../../services/standalone/src/cli.ts');
const PERSON =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36';
const ASK_AGAIN_MS = 4;
const PATIENCE_MS = 120_000;

/** `provisie serve` as a process of its own; disposed of, it has ended. */
interface StartingServer extends AsyncDisposable {
  /** Asks until the path is answered so; rejects when the process ended, or after two minutes. */
  until(path: string, status: number): Promise<void>;
}

/** Seconds from the start of a server over a data folder until it says that it lives and has answered a visitor. */
export async function coldStart(
  folder: string,
  visitedPath: string,
  status: number,
): Promise<number> {
  const started = performance.now();
  await using server = await startServer(folder);
  await server.until('/livez', 200);
  await server.until(visitedPath, status);
  return (performance.now() - started) / 1000;
}

export async function startServer(folder: string): Promise<StartingServer> {
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const child = spawn(process.execPath, [CLI, '--data', folder, 'serve'], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', PORT: String(port) },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  return {
    until: async (asked, status) => {
      const giveUpAt = performance.now() + PATIENCE_MS;
      while (child.exitCode === null && performance.now() < giveUpAt) {
        if ((await statusOf(`http://127.0.0.1:${port}${asked}`)) === status) return;
        await pause(ASK_AGAIN_MS);
      }
      throw new Error(`${asked} was not answered ${status}; the server ended: ${child.exitCode}`);
    },
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Null: nobody listens yet. */
async function statusOf(url: string): Promise<number | null> {
  try {
    const response = await fetch(url, { redirect: 'manual', headers: { 'user-agent': PERSON } });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return null;
  }
}
