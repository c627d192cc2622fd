import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Run } from './measurement.ts';

const runSchema = z.object({
  operations: z.number().nonnegative(),
  seconds: z.number().positive(),
  p50: z.number().nullable(),
  p99: z.number().nullable(),
  peakRssMb: z.number(),
  startRssMb: z.number().nullable().default(null),
  heapMb: z.number().nullable().default(null),
});

/** A run of a side that does several things one after the other. */
const namedRunSchema = runSchema.extend({ name: z.string() });

/**
 * Runs one side of a benchmark as a process of its own, so that neither side warms up, pollutes or bloats the
 * other. The side prints its `Run` as one line of JSON; anything else that it prints is an error.
 */
export async function runSide(script: string, args: readonly string[]): Promise<Run> {
  const lines = await linesOf(script, args);
  const [line] = lines;
  if (lines.length !== 1 || line === undefined) {
    throw new Error(`${script} ${args.join(' ')} printed ${lines.length} lines`);
  }
  return runSchema.parse(JSON.parse(line));
}

/** As `runSide`, with a line for each of the things that the side does, by their names. */
export async function runPhases(
  script: string,
  args: readonly string[],
): Promise<ReadonlyMap<string, Run>> {
  const lines = await linesOf(script, args);
  return new Map(
    lines.map((line) => {
      const { name, ...run } = namedRunSchema.parse(JSON.parse(line));
      return [name, run];
    }),
  );
}

async function linesOf(script: string, args: readonly string[]): Promise<readonly string[]> {
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
  if (code !== 0) throw new Error(`${script} ${args.join(' ')} ended with ${code}`);
  return lines;
}
