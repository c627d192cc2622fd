import type { Benchmark } from './benchmark.ts';
import type { Row } from './measurement.ts';
import { sendLoad } from './raw-load.ts';
import { startServer } from './served.ts';
import { strangersRequests } from './tracker-requests.ts';

const CONNECTIONS = 64;
const PARTS = 20;

/**
 * The resident memory of the tracker over `clicks` clicks from addresses, browsers and campaigns that it hasn't
 * met: at the end, against a tenth of the way. The ratio is 1 when memory is flat.
 */
export const memoryBenchmark: Benchmark = async ({ clicks }, folder) => {
  await using server = await startServer('tracker-server', ['durable', folder, 'memory']);
  const { port } = server;
  const requests = strangersRequests();
  const until = { answers: Math.ceil(clicks / PARTS) };
  const startedAt = performance.now();
  const samples: number[] = [];
  for (let part = 1; part <= PARTS; part += 1) {
    await sendLoad({ port, connections: CONNECTIONS, requests, until });
    samples.push(await server.rssMb());
    const answers = (until.answers * part).toLocaleString('en');
    process.stderr.write(`  after ${answers} clicks ${samples.at(-1) ?? 0} MB\n`);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { recorded, peakRssMb } = await server.finish();
  if (recorded !== until.answers * PARTS) {
    throw new Error(
      `${until.answers * PARTS} clicks were answered, but ${recorded} are in the log`,
    );
  }
  return [rowOfSamples(samples, seconds, peakRssMb)];
};

function rowOfSamples(samples: readonly number[], seconds: number, peakRssMb: number): Row {
  const value = samples.at(-1) ?? Number.NaN;
  const limit = samples[PARTS / 10 - 1] ?? Number.NaN;
  const ratio = value / limit;
  const latency = { p50: null, p99: null };
  const memory = { peakRssMb, startRssMb: null, heapMb: null, growth: ratio };
  return {
    name: 'redirect-memory',
    unit: 'MB',
    value,
    limit,
    ratio,
    seconds,
    ...latency,
    ...memory,
  };
}
