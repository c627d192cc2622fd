import { vi } from 'vitest';
import { provisieCommand } from '../src/command-line.ts';
import { failureText } from '../src/commands/failure-text.ts';
import type { Finished } from './process.ts';

/** Runs a command in this process, which is much quicker than to start one. */
export async function inProcess(args: readonly string[]): Promise<Finished> {
  const said = { stdout: '', stderr: '' };
  const listening = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  try {
    await provisieCommand({}).parseAsync([...args], { from: 'user' });
    return { exitCode: 0, ...said };
  } catch (error) {
    return { exitCode: 1, stdout: said.stdout, stderr: said.stderr + failureText(error, false) };
  } finally {
    for (const listener of listening) listener.mockRestore();
  }
}
