import { POSTGRESQL } from '../database/dialect.ts';
import type { OpenedReadModel } from '../opened-read-model.ts';
import { readModelOf } from '../queries/read-model.ts';
import { ReadModelDatabase } from '../database/read-model-database.ts';
import { prepareThrough } from '../database/session.ts';
import { READ_MODEL_VERSION } from '../version.ts';
import type { Writer } from '../database/writer.ts';
import { placeText } from './address.ts';
import { openReader, openSnapshots, openWriter, type Place } from './connection.ts';
import { ReadModelDatabaseError } from './read-model-database-error.ts';
import { readModelFailure } from './read-model-failure.ts';
import { makeSchema, whyUnusable } from './schema.ts';

export interface PostgresReadModelOptions {
  /** `postgres://user:password@host:port/database`, with `?sslmode=verify-full` and the like where needed. */
  readonly url: string;
  /** Default: named after the version of the read model. */
  readonly schema?: string;
  /** For queries only: another process keeps the tables. The schema must be there. */
  readonly readOnly?: boolean;
}

export interface PostgresReadModel extends OpenedReadModel {
  readonly schema: string;
}

/** The schema of this version of the read model; another version has one of its own beside it. */
export const READ_MODEL_SCHEMA = `read_model_v${READ_MODEL_VERSION}`;

/**
 * Opens the read model; makes its schema when that isn't there yet. Throws `ReadModelDatabaseError` when the database
 * can't be reached, or the schema can't be used.
 */
export async function openPostgresReadModel(
  options: PostgresReadModelOptions,
): Promise<PostgresReadModel> {
  const place = { url: options.url, schema: options.schema ?? READ_MODEL_SCHEMA };
  const database = await openPostgresDatabase(place, options.readOnly === true ? 'read' : 'live');
  return {
    schema: place.schema,
    readModel: readModelOf(database),
    database,
    where: placeText(place),
    close: () => database.close(),
  };
}

/** Opens the schema for queries only, or also for writing. */
async function openPostgresDatabase(
  place: Place,
  mode: 'live' | 'read',
): Promise<ReadModelDatabase> {
  const where = placeText(place);
  const writer = mode === 'read' ? null : openWriter(place);
  const database = databaseOf(place, writer);
  try {
    if (writer === null) await expectUsable(place, database);
    else await makeSchema(writer.db, place.schema);
    return database;
  } catch (error) {
    await database.close();
    throw readModelFailure(where, error);
  }
}

async function expectUsable(place: Place, database: ReadModelDatabase): Promise<void> {
  const why = await whyUnusable(database.reading.db, place.schema);
  if (why !== null) throw new ReadModelDatabaseError(placeText(place), why);
}

function databaseOf(place: Place, writer: Writer | null): ReadModelDatabase {
  const reader = openReader(place);
  const snapshots = openSnapshots(place);
  return new ReadModelDatabase({
    dialect: POSTGRESQL,
    isFar: true,
    writer,
    reader,
    readAside: () => ({ prepare: prepareThrough(reader), close: async () => {} }),
    snapshot: (look) =>
      snapshots
        .transaction()
        .setIsolationLevel('repeatable read')
        .setAccessMode('read only')
        .execute(look),
    close: async () => {
      await Promise.all([reader.destroy(), snapshots.destroy(), writer?.db.destroy()]);
    },
  });
}
