import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Run } from './measurement.ts';
import { sendLoad } from './raw-load.ts';
import type { LoadOptions, Requests } from './raw-load.ts';

/** Until then the machine code of the hot path is still being made, which takes the more of a side the more code it has. */
const WARM_UP_ANSWERS = 40_000;
const MOST_WARM_UPS = 12;

const readySchema = z.object({ port: z.int() });
/** `recorded` is null on a side that records nothing. */
const doneSchema = z.object({ recorded: z.int().nullable(), peakRssMb: z.number() });

export interface Load {
  /** The script in `sides` that serves, and its arguments. */
  readonly side: string;
  readonly args: readonly string[];
  readonly connections: number;
  readonly seconds: number;
  readonly requests: Requests;
}

/**
 * Starts a server as a process of its own and keeps it under load. When the load is over the server says how many
 * touches its log holds: exactly as many as it answered.
 */
export async function underLoad(load: Load): Promise<Run> {
  const { side, args, connections, seconds, requests } = load;
  const file = fileURLToPath(new URL(`sides/${side}.ts`, import.meta.url));
  const server = spawn(process.execPath, [file, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: server.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => server.once('close', resolve));
  try {
    const { port } = readySchema.parse(await nextLine(lines));
    const warmUpAnswers = await warmUp({ port, connections, requests });
    const result = await sendLoad({ port, connections, seconds, requests });
    server.stdin.end();
    const { recorded, peakRssMb } = doneSchema.parse(await nextLine(lines));
    const answered = warmUpAnswers + result.answers;
    if (recorded !== null && recorded !== answered) {
      throw new Error(`${answered} touches were answered, but ${recorded} are in the log`);
    }
    const { answers: operations, p50, p99 } = result;
    return {
      operations,
      seconds: result.seconds,
      p50,
      p99,
      peakRssMb,
      startRssMb: null,
      heapMb: null,
    };
  } finally {
    server.stdin.end();
    await ended;
  }
}

async function warmUp(load: Omit<LoadOptions, 'seconds'>): Promise<number> {
  let answers = 0;
  for (let round = 0; round < MOST_WARM_UPS && answers < WARM_UP_ANSWERS; round += 1) {
    answers += (await sendLoad({ ...load, seconds: 1 })).answers;
  }
  return answers;
}

async function nextLine(lines: AsyncIterator<string>): Promise<unknown> {
  const line = await lines.next();
  if (line.done === true) throw new Error('the server ended before it said anything');
  return JSON.parse(line.value);
}
