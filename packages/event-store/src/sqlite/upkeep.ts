/** Keeping SQLite files: copying while they are written to, checking, rescuing. */
export * from './check/check-event-file.ts';
export * from './check/fault.ts';
export * from './check/rescue.ts';
export * from './online-copy.ts';
