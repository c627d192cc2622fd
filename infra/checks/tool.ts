import { spawnSync } from 'node:child_process';

/** The project's root. */
export const ROOT: string = new URL('../..', import.meta.url).pathname;

/** Whether a tool isn't on this machine; a test that needs it is then skipped, and says so here. */
export function isMissing(tool: string): boolean {
  const { error } = spawnSync(tool, ['--version'], { stdio: 'ignore' });
  if (error !== undefined) console.warn(`infra: some checks are skipped, ${tool} is not installed`);
  return error !== undefined;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a tool in the project's root; what it printed on either stream. Throws the same when it fails. */
export function run(tool: string, args: readonly string[], more: RunOptions = {}): string {
  const { status, stdout, stderr, error } = spawnSync(tool, [...args], {
    cwd: more.cwd ?? ROOT,
    env: { ...process.env, ...more.env },
    encoding: 'utf8',
    timeout: 280_000,
  });
  const output = `${stdout}${stderr}`;
  if (status !== 0)
    throw new Error(`${tool} ${args.join(' ')} failed:\n${output}`, { cause: error });
  return output;
}
