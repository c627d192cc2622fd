/** What runs anywhere: the port, event ids, facts. */
export * from './decide-and-append.ts';
export * from './event-ids.ts';
export * from './event-store.ts';
export * from './log-ahead.ts';
export * from './pause.ts';
export * from './read-fact.ts';
