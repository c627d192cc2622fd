export { ADDRESS_FORM, postgresServer } from './address.ts';
export type { PostgresServer } from './address.ts';
export { failureOf, isPassing, reasonOf } from './failure.ts';
export type { Failure, Fault } from './failure.ts';
export { setUpSchema } from './own-schema.ts';
export type { OwnSchema } from './own-schema.ts';
export { quietPool } from './quiet-pool.ts';
