/** The log in PostgreSQL. */
export { openPostgresEventStore } from './postgres-event-store.ts';
export type { PostgresEventStoreOptions } from './postgres-event-store.ts';
