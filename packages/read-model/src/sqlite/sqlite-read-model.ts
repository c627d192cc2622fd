import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SQLITE } from '../database/dialect.ts';
import { ReadModelFileError } from '../errors.ts';
import { migrate } from '../database/migrations.ts';
import type { OpenedReadModel } from '../opened-read-model.ts';
import { readModelOf } from '../queries/read-model.ts';
import { ReadModelDatabase } from '../database/read-model-database.ts';
import { READ_MODEL_VERSION } from '../version.ts';
import type { Writer } from '../database/writer.ts';
import { openReader, openWriter, type WriterMode } from './connection.ts';
import { readAside } from './read-aside.ts';
import { SnapshotConnections } from './snapshot-connections.ts';

export type SqliteReadModelOptions = (
  | { readonly file: string }
  /** The file is then named after the version of the read model. */
  | { readonly folder: string }
) & {
  /** For queries only: another process keeps the tables. The file must be there. */
  readonly readOnly?: boolean;
};

export interface SqliteReadModel extends OpenedReadModel {
  readonly file: string;
}

/** The read model's file in a folder; another version of the read model has a file of its own beside it. */
export function readModelFile(folder: string): string {
  return join(folder, `read-model-v${READ_MODEL_VERSION}.sqlite`);
}

/**
 * Opens the read model, empty when its file isn't there yet.
 * Throws `ReadModelFileError` when the file is damaged or isn't one of ours: it may then be deleted.
 */
export async function openSqliteReadModel(
  options: SqliteReadModelOptions,
): Promise<SqliteReadModel> {
  const file = 'file' in options ? options.file : readModelFile(options.folder);
  const database = await openDatabase(file, options.readOnly === true ? 'read' : 'live');
  return {
    file,
    readModel: readModelOf(database),
    database,
    where: file,
    close: () => database.close(),
  };
}

/** Opens the file for queries only, or also for writing. */
export async function openDatabase(
  file: string,
  mode: WriterMode | 'read',
): Promise<ReadModelDatabase> {
  if (mode === 'read') return databaseOf(file, mode, null);
  mkdirSync(dirname(file), { recursive: true });
  const writer = openWriter(file, mode);
  try {
    await migrate(writer.db, SQLITE);
    return databaseOf(file, mode, writer);
  } catch (error) {
    await writer.db.destroy();
    if (error instanceof ReadModelFileError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ReadModelFileError(file, why, { cause: error });
  }
}

function databaseOf(
  file: string,
  mode: WriterMode | 'read',
  writer: Writer | null,
): ReadModelDatabase {
  const reader = openReader(file);
  const snapshots = new SnapshotConnections(file);
  return new ReadModelDatabase({
    dialect: SQLITE,
    isFar: false,
    writer,
    reader,
    // In a file that is only being built, a reader and the writer would shut each other out.
    readAside: mode === 'live' ? () => readAside(file) : null,
    snapshot: (look) => snapshots.use((db) => db.transaction().execute(look)),
    close: async () => {
      await reader.destroy();
      await snapshots.close();
      await writer?.db.destroy();
    },
  });
}
