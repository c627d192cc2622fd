/** What every adapter of the port needs: checking what is appended, telling repeats, waiting for more. */
export * from './import-checks.ts';
export * from './log-changes.ts';
export * from './log-equality/event-difference.ts';
export * from './prepared-append.ts';
export * from './prepared-event.ts';
export * from './repeats.ts';
export * from './waiting-appends.ts';
