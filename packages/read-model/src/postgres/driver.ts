import type { ClientBase } from 'pg';
import { CompiledQuery, PostgresDialect } from 'kysely';
import type { DatabaseConnection, Driver, QueryResult, TransactionSettings } from 'kysely';
import { queryOf } from './statements.ts';

/** Connections to take and give back. */
export interface Connecting {
  take(): Promise<Taken>;
  end(): Promise<void>;
}

export interface Taken {
  readonly client: ClientBase;
  /** `isBroken`: it must not be used again. */
  release(isBroken: boolean): void;
}

/** PostgreSQL as Kysely speaks it, with statements that are prepared by name. */
export class PreparingPostgresDialect extends PostgresDialect {
  readonly #connecting: Connecting;

  constructor(connecting: Connecting) {
    super({ pool: () => Promise.reject(new Error('This dialect brings its own driver.')) });
    this.#connecting = connecting;
  }

  override createDriver(): PreparingDriver {
    return new PreparingDriver(this.#connecting);
  }
}

class PreparingDriver implements Driver {
  readonly #connecting: Connecting;
  readonly #taken = new WeakMap<DatabaseConnection, Taken>();
  readonly #broken = new WeakSet<DatabaseConnection>();

  constructor(connecting: Connecting) {
    this.#connecting = connecting;
  }

  async init(): Promise<void> {
    // Connections are made when they are needed.
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const taken = await this.#connecting.take();
    const connection = new PreparingConnection(taken.client);
    this.#taken.set(connection, taken);
    return connection;
  }

  async beginTransaction(
    connection: DatabaseConnection,
    { isolationLevel = 'read committed', accessMode = 'read write' }: TransactionSettings,
  ): Promise<void> {
    const begin = `start transaction isolation level ${isolationLevel} ${accessMode}`;
    await connection.executeQuery(CompiledQuery.raw(begin));
  }

  /** PostgreSQL answers that it rolled back when a statement had failed, which nobody may take for a commit. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    const client = this.#taken.get(connection)?.client;
    const result = await client?.query('commit');
    if (result?.command !== 'COMMIT') throw new Error('The transaction was rolled back.');
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await connection.executeQuery(CompiledQuery.raw('rollback'));
    } catch (error) {
      this.#broken.add(connection);
      throw error;
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    this.#taken.get(connection)?.release(this.#broken.has(connection));
  }

  async destroy(): Promise<void> {
    await this.#connecting.end();
  }
}

class PreparingConnection implements DatabaseConnection {
  readonly #client: ClientBase;

  constructor(client: ClientBase) {
    this.#client = client;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { command, rows, rowCount } = await this.#client.query<Row & object>(
      queryOf(sql, parameters),
    );
    return command === 'SELECT' || rowCount === null
      ? { rows }
      : { rows, numAffectedRows: BigInt(rowCount) };
  }

  streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('The read model reads page by page.');
  }
}
