export { openKurrentEventStore } from './kurrent-event-store.ts';
export type { KurrentEventStoreOptions } from './kurrent-event-store.ts';
export type { CategoryRetention } from './retention.ts';
export type { PatienceOptions } from './patience.ts';
