import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import type { ProvidedPostgres } from './provided.ts';

export { openProxy } from './proxy.ts';
export type { Fate, PostgresProxy, Rules } from './proxy.ts';
export { startPostgres } from './server.ts';
export type { PostgresOptions, StartedPostgres } from './server.ts';

/** Why there is no PostgreSQL server for the tests, in one line; null when there is one. */
export function postgresMissing(): string | null {
  const server: ProvidedPostgres = inject('postgres');
  return 'missing' in server ? server.missing : null;
}

export interface TestDatabase {
  /** `postgres://user:password@host:port/database` */
  readonly url: string;
  /** Ends the connections to it that are still open, and removes it. */
  drop(): Promise<void>;
}

/** An empty database of its own on the tests' server. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

function serverUrl(): string {
  const server = inject('postgres');
  if ('missing' in server) throw new Error(`There is no PostgreSQL here: ${server.missing}`);
  return server.url;
}

async function onServer(command: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}
