import { realpathSync } from 'node:fs';
import { ConfigError } from './config-error.ts';
import { UsageError } from './usage-error.ts';
import type { Environment } from './environment.ts';

/**
 * Runs `main` when the file (`import.meta.filename`) is what Node was started with, and ends the process with it: a
 * connection that hangs must not keep it alive. A failure is said in a line, without a stack.
 */
export async function runAsProcess(
  file: string,
  main: (environment: Environment) => Promise<void>,
): Promise<void> {
  const started = process.argv[1];
  if (started === undefined || realpathSync(started) !== file) return;
  try {
    await main(process.env);
    process.exit(0);
  } catch (error) {
    const isMistake = error instanceof ConfigError || error instanceof UsageError;
    const text = isMistake || !(error instanceof Error) ? String(error) : error.message;
    process.stderr.write(`${text}\n`);
    process.exit(1);
  }
}
