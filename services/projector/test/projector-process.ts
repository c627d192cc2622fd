import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

const MAIN = join(import.meta.dirname, '../src/main.ts');

export interface ProjectorProcess {
  readonly url: string;
  /** Its log so far, line by line. */
  readonly lines: readonly string[];
  readiness(): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Of the metric without labels; null when there is none. */
  metric(name: string): Promise<number | null>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** Starts `main.ts` on any free port, and waits until it answers; it is killed after the test. */
export async function projectorProcess(
  environment: Readonly<Record<string, string>>,
): Promise<ProjectorProcess> {
  const child = spawn(process.execPath, [MAIN], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      PORT: '0',
      ...environment,
    },
  });
  const lines: string[] = [];
  const listening = Promise.withResolvers<string>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    const url = /"url":"([^"]+)".*the projector runs/.exec(line)?.[1];
    if (url !== undefined) listening.resolve(url);
  });
  child.once('close', () => {
    listening.reject(new Error(`it ended:\n${lines.join('\n')}`));
  });
  const ended = once(child, 'close').then(() => child.exitCode);
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const url = await listening.promise;
  return {
    url,
    lines,
    readiness: async () => {
      const answer = await fetch(`${url}/readyz`);
      const body: unknown = await answer.json();
      return { status: answer.status, body };
    },
    metric: async (name) => {
      const text = await (await fetch(`${url}/metrics`)).text();
      const value = new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1];
      return value === undefined ? null : Number(value);
    },
    kill: (signal) => child.kill(signal),
    ended,
  };
}
