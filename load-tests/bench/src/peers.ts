import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import type { Benchmark, Scale } from './benchmark.ts';
import { rowOf } from './measurement.ts';
import type { Row, Run } from './measurement.ts';
import type { PeerWork } from './peer-work.ts';
import { postgresFor } from './postgres-for.ts';
import { runPhases } from './side.ts';

type Phases = ReadonlyMap<string, Run>;

/**
 * Our stores beside Emmett's, with the same events, the same number of writers and the same durability; Emmett's
 * figure is the limit. `read` and `rebuild` are of a log like that of the benchmark `rebuild`.
 */
export const peersBenchmark: Benchmark = async (scale, folder) => {
  const part = scale.isSmoke ? 10 : 1;
  // Emmett's connection to SQLite can't be shared by writers: their transactions would become one.
  const onSqlite = { writers: 1, singles: 2000 / part, batches: 200 / part };
  const logged = Math.min(scale.events, 100_000 / part);
  const rows = await rowsOf('sqlite', scale, { ...onSqlite, logged }, (side, round) =>
    newFolder(folder, `${side}-${round}`),
  );
  const onPostgres = { writers: 16, singles: 4000 / part, batches: 200 / part, logged: 0 };
  return [...rows, ...(await postgresRows(scale, onPostgres))];
};

async function postgresRows(scale: Scale, work: PeerWork & { readonly logged: number }) {
  const server = await postgresFor('peers', { durable: true });
  if (server === null) return [];
  try {
    return await rowsOf('postgres', scale, work, async (side, round) => ({
      address: await newDatabase(server.url, `${side}_${round}`),
      folder: '',
    }));
  } finally {
    await server.stop();
  }
}

interface Place {
  readonly address: string;
  readonly folder: string;
}

async function rowsOf(
  engine: string,
  { rounds }: Scale,
  { writers, singles, batches, logged }: PeerWork & { readonly logged: number },
  placeOf: (side: string, round: number) => Promise<Place>,
): Promise<readonly Row[]> {
  const measured = async (side: string, round: number): Promise<Phases> => {
    const { address, folder } = await placeOf(side, round);
    const numbers = [writers, singles, batches, logged].map(String);
    return runPhases(`peer-${side}`, [address, folder, ...numbers]);
  };
  const sides: { readonly ours: Phases; readonly limit: Phases }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    sides.push({ ours: await measured('ours', round), limit: await measured('emmett', round) });
  }
  const phases =
    logged > 0 ? ['append', 'append-batch', 'read', 'rebuild'] : ['append', 'append-batch'];
  return phases.map((phase) => {
    const pairs = sides.map(({ ours, limit }) => ({
      ours: runOf(ours, phase),
      limit: runOf(limit, phase),
    }));
    sameWork(phase, pairs);
    return rowOf(`peer-${phase}-${engine}`, 'events/s', pairs);
  });
}

function runOf(phases: Phases, name: string): Run {
  const run = phases.get(name);
  if (run === undefined) throw new Error(`a side of peers did not measure ${name}`);
  return run;
}

function sameWork(
  phase: string,
  pairs: readonly { readonly ours: Run; readonly limit: Run }[],
): void {
  for (const { ours, limit } of pairs) {
    if (ours.operations === limit.operations) continue;
    throw new Error(`${phase}: ${ours.operations} events of ours, ${limit.operations} of Emmett's`);
  }
}

async function newFolder(folder: string, name: string): Promise<Place> {
  const made = path.join(folder, name);
  await mkdir(path.join(made, 'read-model'), { recursive: true });
  return { address: 'sqlite', folder: made };
}

async function newDatabase(serverUrl: string, name: string): Promise<string> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
