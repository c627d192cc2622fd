export * from './app.ts';
export * from './country.ts';
export * from './drop-counters.ts';
export * from './follow-link-directory.ts';
export * from './link-directory.ts';
export * from './touch-recorder.ts';
export type { TrackerOptions } from './tracker-options.ts';
