import type { Prepare, Session } from './session.ts';

/** Queries that are answered while this process is busy with others, and as the last transaction left the tables. */
export interface ReadingAside {
  readonly session: Session;
  close(): Promise<void>;
}

/** What such queries are run by. */
export interface Aside {
  readonly prepare: Prepare;
  close(): Promise<void>;
}
