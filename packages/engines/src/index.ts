/** Opens the log, the read model and the vault by their addresses, on whichever engine they are. */
export * from './address.ts';
export * from './event-store.ts';
export * from './read-model.ts';
export * from './store-variables.ts';
export * from './vault.ts';
