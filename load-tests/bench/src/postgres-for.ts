import {
  startPostgres,
  type PostgresOptions,
  type StartedPostgres,
} from '@provisie/postgres-testkit/server';

/** A server that is started for `benchmark`; null where there is no PostgreSQL: its rows are left out. */
export async function postgresFor(
  benchmark: string,
  options: PostgresOptions = {},
): Promise<StartedPostgres | null> {
  try {
    return await startPostgres(options);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`${benchmark}: no PostgreSQL here, so no rows of it (${reason})\n`);
    return null;
  }
}
