import type { ReadModelDatabase } from './database/read-model-database.ts';
import type { ReadModel } from './read-model.ts';

/** A read model that is open, on whichever database. */
export interface OpenedReadModel {
  readonly readModel: ReadModel;
  /** What `startProjector` writes to. */
  readonly database: ReadModelDatabase;
  /** For people: the file, or the server and the schema, without a password. */
  readonly where: string;
  close(): Promise<void>;
}
