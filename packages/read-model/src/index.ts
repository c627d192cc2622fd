export * from './errors.ts';
export * from './generations/index.ts';
export {
  Projection,
  type ProjectionOptions,
  type UnreadableEvents,
} from './applying/projection.ts';
export * from './applying/projector.ts';
export type { OpenedReadModel } from './opened-read-model.ts';
export { ReadModelDatabaseError } from './postgres/read-model-database-error.ts';
export { circumstancesOf } from './queries/circumstances.ts';
export type { ReadModelDatabase } from './database/read-model-database.ts';
export {
  openSqliteReadModel,
  readModelFile,
  type SqliteReadModel,
  type SqliteReadModelOptions,
} from './sqlite/sqlite-read-model.ts';
export { entryKey } from './tables/index.ts';
export type { TableComparison } from './verifying/table-comparison.ts';
export * from './verifying/verify.ts';
export * from './version.ts';
export * from './views.ts';
