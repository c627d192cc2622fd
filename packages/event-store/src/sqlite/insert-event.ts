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

export const parametersPerEvent = 11 satisfies InsertParameters['length'];

/** Takes the parameters of one event behind those of the other. */
export type InsertEvents = Database.Statement<InsertParameters[number][]>;

/** Inserts so many events, without those whose id is taken. */
export function insertEvents(database: Database.Database, events: number): InsertEvents {
  const row = `(?, ?, ?, ?, unhex(?, '-'), ?, ?, ?, ?, ?, ?)`;
  const rows = Array<string>(events).fill(row).join(', ');
  return database.prepare(
    `INSERT INTO events (position, stream_id, revision, category_id, event_id, type, version, occurred_at, recorded_at, data, metadata)
     VALUES ${rows} ON CONFLICT (event_id) DO NOTHING`,
  );
}
