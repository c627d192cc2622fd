import type { TestProject } from 'vitest/node';
import type { ProvidedPostgres } from './provided.ts';
import { startPostgres } from './server.ts';

/** Names a server to use instead of starting one: `postgres://user:password@host:port/postgres`. */
const GIVEN = 'PROVISIE_TEST_POSTGRES_URL';

/** Starts a real PostgreSQL server once for all test files of a run; stops it at the end. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const provide = (postgres: ProvidedPostgres) => {
    project.provide('postgres', postgres);
  };
  const given = process.env[GIVEN];
  if (given !== undefined) {
    provide({ url: given });
    return async () => {};
  }
  try {
    const server = await startPostgres();
    provide({ url: server.url });
    return () => server.stop();
  } catch (error) {
    provide({ missing: error instanceof Error ? error.message : String(error) });
    return async () => {};
  }
}
