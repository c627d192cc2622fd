/** Shows that two logs are equal, or that one begins with another. */
export * from './log-equality/compare-logs.ts';
export * from './log-equality/event-chain.ts';
export * from './log-equality/event-difference.ts';
export * from './log-equality/event-line.ts';
