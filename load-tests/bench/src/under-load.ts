import type { Run } from './measurement.ts';
import { sendLoad } from './raw-load.ts';
import type { LoadOptions, Requests } from './raw-load.ts';
import { startServer } from './served.ts';

/** Until then the machine code of the hot path is still being made, which takes the more of a side the more code it has. */
const WARM_UP_ANSWERS = 40_000;
const MOST_WARM_UPS = 12;

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
  await using server = await startServer(side, args);
  const { port } = server;
  const warmUpAnswers = await warmUp({ port, connections, requests });
  const result = await sendLoad({ port, connections, requests, until: { seconds } });
  const { recorded, peakRssMb } = await server.finish();
  const answered = warmUpAnswers + result.answers;
  if (recorded !== null && recorded !== answered) {
    throw new Error(`${answered} touches were answered, but ${recorded} are in the log`);
  }
  const { answers: operations, p50, p99 } = result;
  const memory = { peakRssMb, startRssMb: null, heapMb: null };
  return { operations, seconds: result.seconds, p50, p99, ...memory };
}

async function warmUp(load: Omit<LoadOptions, 'until'>): Promise<number> {
  let answers = 0;
  for (let round = 0; round < MOST_WARM_UPS && answers < WARM_UP_ANSWERS; round += 1) {
    answers += (await sendLoad({ ...load, until: { seconds: 1 } })).answers;
  }
  return answers;
}
