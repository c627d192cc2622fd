import type { Benchmark, Scale } from './benchmark.ts';
import { interleaved } from './interleaved.ts';
import { rowOf } from './measurement.ts';
import type { Row, Run } from './measurement.ts';
import type { Requests } from './raw-load.ts';
import { beaconRequests, redirectRequests } from './tracker-requests.ts';
import { underLoad } from './under-load.ts';

const CONNECTIONS = [64, 1, 512] as const;
const USUAL_CONNECTIONS = 64;
const MANY_LINKS = 100_000;

/** Redirects with the click on disk before the 302, against a bare Hono app that answers the same. */
export const redirectBenchmark: Benchmark = (scale, folder) =>
  againstBare('redirect-durable', 'redirects/s', scale, folder, () => redirectRequests(1));

/** Beacons that are on disk before the 204, against a bare Hono app that reads the same body. */
export const beaconBenchmark: Benchmark = (scale, folder) =>
  againstBare('beacon-durable', 'beacons/s', scale, folder, beaconRequests);

/** What recording costs: the same app with a recorder that says yes at once. */
export const recordingBenchmark: Benchmark = async (scale, folder) => {
  const requests = redirectRequests(1);
  const pairs = await interleaved(scale.rounds, async (round) => ({
    ours: await tracker(scale, requests, ['durable', folder, `durable-${String(round)}`]),
    limit: await tracker(scale, requests, ['unrecorded', folder, `unrecorded-${String(round)}`]),
  }));
  return [rowOf('redirect-recording', 'redirects/s', pairs)];
};

/** What recording alone comes to: a server that decides nothing, against the bare app. No redirect of ours can be faster. */
export const undecidedBenchmark: Benchmark = async ({ rounds, seconds }, folder) => {
  const load = { connections: USUAL_CONNECTIONS, seconds, requests: redirectRequests(1) };
  const pairs = await interleaved(rounds, async (round) => ({
    ours: await underLoad({
      ...load,
      side: 'undecided-server',
      args: [folder, `undecided-${String(round)}`],
    }),
    limit: await underLoad({ ...load, side: 'bare-server', args: [] }),
  }));
  return [rowOf('redirect-undecided', 'redirects/s', pairs)];
};

/** Clicks all over 100,000 links, against clicks on one. */
export const manyLinksBenchmark: Benchmark = async (scale, folder) => {
  const side = (links: number, round: number) => {
    const name = `links-${String(links)}-${String(round)}`;
    return tracker(scale, redirectRequests(links), ['durable', folder, name, String(links)]);
  };
  const pairs = await interleaved(scale.rounds, async (round) => ({
    ours: await side(MANY_LINKS, round),
    limit: await side(1, round),
  }));
  return [rowOf('redirect-100k-links', 'redirects/s', pairs)];
};

function tracker(scale: Scale, requests: Requests, args: readonly string[]): Promise<Run> {
  const { seconds } = scale;
  const connections = USUAL_CONNECTIONS;
  return underLoad({ side: 'tracker-server', args, connections, seconds, requests });
}

/** Two rows for each number of connections: how many a second, and the latency that all but one in a hundred keep. */
async function againstBare(
  name: string,
  unit: string,
  { rounds, seconds }: Scale,
  folder: string,
  requestsOf: () => Requests,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const connections of CONNECTIONS) {
    const load = { connections, seconds, requests: requestsOf() };
    const pairs = await interleaved(rounds, async (round) => {
      const file = `${name}-${String(connections)}-${String(round)}`;
      const args = ['durable', folder, file];
      return {
        ours: await underLoad({ ...load, side: 'tracker-server', args }),
        limit: await underLoad({ ...load, side: 'bare-server', args: [] }),
      };
    });
    const row = connections === USUAL_CONNECTIONS ? name : `${name}-${String(connections)}`;
    rows.push(rowOf(row, unit, pairs), latencyRow(`${row}-p99`, pairs));
  }
  return rows;
}

/** In milliseconds; less is better. */
function latencyRow(
  name: string,
  pairs: readonly { readonly ours: Run; readonly limit: Run }[],
): Row {
  const asLatency = (run: Run): Run => ({ ...run, operations: run.p99 ?? Number.NaN, seconds: 1 });
  const latencies = pairs.map(({ ours, limit }) => ({
    ours: asLatency(ours),
    limit: asLatency(limit),
  }));
  return rowOf(name, 'ms', latencies);
}
