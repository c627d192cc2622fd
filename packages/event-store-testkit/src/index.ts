export { eventStoreContract } from './event-store-contract.ts';
export type { OpenedForTest } from './contract-test.ts';
