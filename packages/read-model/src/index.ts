export * from './errors.ts';
export * from './generations/index.ts';
export { Projection, type ProjectionOptions, type UnreadableEvents } from './projection.ts';
export * from './projector.ts';
export type { OpenedReadModel } from './opened-read-model.ts';
export { ReadModelDatabaseError } from './postgres/read-model-database-error.ts';
export type { ReadModelDatabase } from './read-model-database.ts';
export {
  openSqliteReadModel,
  readModelFile,
  type SqliteReadModel,
  type SqliteReadModelOptions,
} from './sqlite/sqlite-read-model.ts';
export type { TableComparison } from './table-comparison.ts';
export * from './verify.ts';
export * from './version.ts';
export * from './views.ts';
