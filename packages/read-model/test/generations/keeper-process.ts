import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { eventually } from './places.ts';

const SCRIPT = join(import.meta.dirname, 'keeper.ts');

const sayingSchema = z.object({
  phase: z.string().optional(),
  build: z.int().nullish(),
  error: z.string().optional(),
  takenOver: z.literal(true).optional(),
});
type Saying = z.infer<typeof sayingSchema> & { readonly at: number };

export interface KeeperProcess {
  readonly pid: number;
  /** All that it said so far, with when that was heard. */
  readonly sayings: readonly Saying[];
  /** What it does now. */
  phase(): string | null;
  /** Waits until it is in this phase, again after `since`; resolves to when that was. */
  reaches(phase: string, since?: number): Promise<number>;
  kill(signal: NodeJS.Signals): void;
  ended: Promise<unknown>;
}

/** Starts a projector of its own; it is killed after the test. */
export function keeperProcess(
  mode: 'keep' | 'slowly' | 'hammer',
  eventFile: string,
  address: string,
): KeeperProcess {
  const child = spawn(process.execPath, [SCRIPT, mode, eventFile, address], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const sayings: Saying[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    sayings.push({ ...sayingSchema.parse(JSON.parse(line)), at: performance.now() });
  });
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const phases = () => sayings.filter((saying) => saying.phase !== undefined);
  return {
    pid: child.pid ?? 0,
    sayings,
    phase: () => phases().at(-1)?.phase ?? null,
    reaches: async (phase, since = 0) => {
      const reached = () => sayings.find((saying) => saying.phase === phase && saying.at > since);
      await eventually(() => reached() !== undefined, 30_000);
      return reached()?.at ?? Number.NaN;
    },
    kill: (signal) => child.kill(signal),
    ended,
  };
}
