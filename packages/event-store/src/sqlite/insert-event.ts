import type Database from 'better-sqlite3';

export type InsertParameters = [
  position: number,
  streamId: number,
  revision: number,
  categoryId: number,
  eventId: string,
  type: string,
  version: number,
  occurredAt: number,
  recordedAt: number,
  data: string,
  metadata: string | null,
];

/** Inserts an event, or nothing when its id is taken. */
export function insertEvent(database: Database.Database): Database.Statement<InsertParameters> {
  return database.prepare(
    `INSERT INTO events (position, stream_id, revision, category_id, event_id, type, version, occurred_at, recorded_at, data, metadata)
     VALUES (?, ?, ?, ?, unhex(?, '-'), ?, ?, ?, ?, ?, ?) ON CONFLICT (event_id) DO NOTHING`,
  );
}
