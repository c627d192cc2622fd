export * from './errors.ts';
export { Projection, type ProjectionOptions, type UnreadableEvents } from './projection.ts';
export * from './projector.ts';
export type { ReadModelDatabase } from './read-model-database.ts';
export * from './sqlite-read-model.ts';
export * from './version.ts';
export * from './views.ts';
