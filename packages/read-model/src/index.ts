export * from './errors.ts';
export { Projection, type ProjectionOptions, type UnreadableEvents } from './projection.ts';
export * from './projector.ts';
export type { ReadModelDatabase } from './read-model-database.ts';
export { rebuild, type RebuildOptions, type RebuildProgress } from './rebuild.ts';
export {
  openSqliteReadModel,
  readModelFile,
  type SqliteReadModel,
  type SqliteReadModelOptions,
} from './sqlite-read-model.ts';
export type { TableComparison } from './table-comparison.ts';
export * from './verify.ts';
export * from './version.ts';
export * from './views.ts';
