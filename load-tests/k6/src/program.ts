import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';

type Environment = Readonly<Record<string, string>>;

export interface ProgramOptions {
  readonly environment?: Environment;
  /** What it prints on either stream goes here. */
  readonly logFile: string;
}

/** A program that runs beside this one. Disposing of it kills it, if it still runs. */
export interface Program extends AsyncDisposable {
  readonly pid: number;
  /** What it printed so far, the last 64 kB at least. */
  printed(): string;
  /** Resolves with the first match in what it prints; rejects when it ends before. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves to the exit code, null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** As `ended`. */
  stop(signal: NodeJS.Signals): Promise<number | null>;
}

const KEPT = 65_536;

/** Starts a program with the environment given and nothing else of ours but the PATH. */
export function startProgram(
  command: string,
  args: readonly string[],
  { environment = {}, logFile }: ProgramOptions,
): Program {
  const child = spawn(command, [...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const log = createWriteStream(logFile);
  let text = '';
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      log.write(chunk);
      text += chunk;
      if (text.length > 2 * KEPT) text = text.slice(-KEPT);
      for (const listener of listeners) listener();
    });
  }
  const ended = (async () => {
    await once(child, 'close');
    process.off('exit', killWithUs);
    log.end();
    await finished(log);
    return child.exitCode;
  })();
  const stop = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    printed: () => text,
    ended,
    stop,
    says(pattern) {
      const { promise, resolve, reject } = Promise.withResolvers<RegExpExecArray>();
      const look = () => {
        const match = pattern.exec(text);
        if (match !== null) resolve(match);
      };
      listeners.add(look);
      look();
      ended.then(() => reject(new Error(`${command} ended:\n${text}`)), reject);
      return promise.finally(() => listeners.delete(look));
    },
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}
