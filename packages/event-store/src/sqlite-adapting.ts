/** What writes to a SQLite file of its own needs, beside the store itself: group commit, the lock, what a failure means. */
export { AppendQueue } from './sqlite/append-queue.ts';
export { failureCodeOf } from './sqlite/store-failure.ts';
export { lockForWriting } from './sqlite/writer-lock.ts';
export type { WriterLock } from './sqlite/writer-lock.ts';
