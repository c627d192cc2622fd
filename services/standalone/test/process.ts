import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '../src/cli.ts');

export interface Finished {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

/** Runs the command line as its own process, to its end. */
export async function provisie(
  args: readonly string[],
  environment: Environment = {},
): Promise<Finished> {
  const child = start(args, environment);
  const output = collect(child);
  await once(child, 'close');
  return { exitCode: child.exitCode, ...output() };
}

/** The same, with an output that nobody reads; resolves to the exit code and what it complained of. */
export async function provisieUnread(args: readonly string[]): Promise<Omit<Finished, 'stdout'>> {
  const child = start(args, {});
  child.stdout?.destroy();
  const output = collect(child);
  await once(child, 'close');
  return { exitCode: child.exitCode, stderr: output().stderr };
}

export interface ServerProcess {
  readonly url: string;
  /** Only at the first start on a folder. */
  readonly firstAdminKey: string | null;
  stop(signal: NodeJS.Signals): Promise<Finished>;
}

/** Starts `provisie serve` on any free port and waits until it listens. */
export async function serverProcess(
  folder: string,
  environment: Environment = {},
): Promise<ServerProcess> {
  const child = start(['--data', folder, 'serve'], {
    PORT: '0',
    PROVISIE_LOG_LEVEL: 'warn',
    PROVISIE_REQUESTS_PER_MINUTE: '10000000',
    ...environment,
  });
  const output = collect(child);
  const closed = once(child, 'close');
  const listening = Promise.withResolvers<string>();
  child.stdout?.on('data', () => {
    // The line with the key, if there is one, comes before the one that ends the start.
    const url = /listens on (\S+)[^]*API reference: .*\n/.exec(output().stdout)?.[1];
    if (url !== undefined) listening.resolve(url);
  });
  child.once('close', () => {
    listening.reject(new Error(`the server ended:\n${output().stdout}${output().stderr}`));
  });
  const url = await listening.promise;
  const key = /^ {2}(pv_\S+)$/m.exec(output().stdout)?.[1] ?? null;
  return {
    url,
    firstAdminKey: key,
    stop: async (signal) => {
      child.kill(signal);
      await closed;
      return { exitCode: child.exitCode, ...output() };
    },
  };
}

function start(args: readonly string[], environment: Environment): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function collect(child: ChildProcess): () => { stdout: string; stderr: string } {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return () => ({ stdout, stderr });
}
