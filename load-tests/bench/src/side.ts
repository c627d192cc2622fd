import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Run } from './measurement.ts';

const runSchema = z.object({
  operations: z.number().positive(),
  seconds: z.number().positive(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
  peakRssMb: z.number(),
});

/**
 * Runs one side of a benchmark as a process of its own, so that neither side warms up, pollutes or bloats the
 * other. The side prints its `Run` as one line of JSON; anything else that it prints is an error.
 */
export async function runSide(script: string, args: readonly string[]): Promise<Run> {
  const file = fileURLToPath(new URL(`sides/${script}.ts`, import.meta.url));
  const child = spawn(process.execPath, ['--expose-gc', file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines: string[] = [];
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  })();
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  await reading;
  const [line] = lines;
  if (code !== 0 || lines.length !== 1 || line === undefined) {
    throw new Error(
      `${script} ${args.join(' ')} ended with ${code} and printed ${lines.length} lines`,
    );
  }
  return runSchema.parse(JSON.parse(line));
}
