export * from './errors.ts';
export * from './generations/index.ts';
export { Projection } from './applying/projection.ts';
export * from './applying/projector.ts';
export type { OpenedReadModel } from './opened-read-model.ts';
export { ReadModelDatabaseError } from './postgres/read-model-database-error.ts';
export { circumstancesOf } from './queries/circumstances.ts';
export type { ReadModelDatabase } from './database/read-model-database.ts';
export {
  openSqliteReadModel,
  readModelFile,
  type SqliteReadModel,
} from './sqlite/sqlite-read-model.ts';
export { entryMoved } from './tables/index.ts';
export type * from './read-model.ts';
export * from './verifying/verify.ts';
export * from './version.ts';
export type * from './views.ts';
export type {
  Earned,
  Earnings,
  OrderDifference,
  PartnerDifference,
} from './what-if/compare-commissions.ts';
export { SuppositionError } from './what-if/supposition.ts';
export * from './what-if/what-if.ts';
