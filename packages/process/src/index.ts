/** What every process of ours shares: its variables, its log, its door, its end. */
export * from './client-address.ts';
export * from './config-error.ts';
export * from './door.ts';
export type { Environment } from './environment.ts';
export * from './logger.ts';
export * from './run-as-process.ts';
export * from './until-stopped.ts';
export * from './usage-error.ts';
export * from './variables.ts';
