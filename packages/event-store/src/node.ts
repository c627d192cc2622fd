/** Everything, with the SQLite store; edge runtimes get `index.ts` instead (see `exports` in package.json). */
export * from './index.ts';
export * from './sqlite/sqlite-event-store.ts';
