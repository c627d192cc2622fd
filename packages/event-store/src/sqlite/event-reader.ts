import type Database from 'better-sqlite3';
import type { RecordedEvent } from '../event-store.ts';
import { recordedColumns, recordedEventOf } from './recorded-row.ts';
import type { RecordedRow } from './recorded-row.ts';

/** Reads the tables; each call is one short snapshot, so that reading never holds up a checkpoint. */
export class EventReader {
  readonly #database: Database.Database;
  readonly #ofLog: Database.Statement<[number, number], RecordedRow>;
  readonly #ofStream: Database.Statement<[string, number, number], RecordedRow>;
  readonly #ofCategories = new Map<number, Database.Statement<(string | number)[], RecordedRow>>();
  readonly #head: Database.Statement<[], number>;
  readonly #lastRevision: Database.Statement<[string], number>;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#ofLog = database
      .prepare<[number, number], RecordedRow>(
        `SELECT ${recordedColumns} FROM events e CROSS JOIN streams s ON s.id = e.stream_id WHERE e.position > ? ORDER BY e.position LIMIT ?`,
      )
      .raw();
    this.#ofStream = database
      .prepare<[string, number, number], RecordedRow>(
        `SELECT ${recordedColumns} FROM streams s CROSS JOIN events e ON e.stream_id = s.id WHERE s.name = ? AND e.revision >= ? ORDER BY e.revision LIMIT ?`,
      )
      .raw();
    this.#head = database
      .prepare<[], number>('SELECT coalesce(max(position), 0) FROM events')
      .pluck();
    this.#lastRevision = database
      .prepare<[string], number>('SELECT revision FROM streams WHERE name = ?')
      .pluck();
  }

  head(): number {
    return this.#head.get() ?? 0;
  }

  /** Null for a stream that doesn't exist. */
  lastRevision(stream: string): number | null {
    return this.#lastRevision.get(stream) ?? null;
  }

  /** Changes when another connection has committed. */
  changeMark(): unknown {
    return this.#database.pragma('data_version', { simple: true });
  }

  stream(stream: string, fromRevision: number, limit: number): RecordedEvent[] {
    return this.#ofStream.all(stream, fromRevision, limit).map(recordedEventOf);
  }

  log(after: number, limit: number, categories?: readonly string[]): RecordedEvent[] {
    if (categories === undefined) return this.#ofLog.all(after, limit).map(recordedEventOf);
    if (categories.length === 0) return [];
    const wanted = [...new Set(categories)];
    const parameters = wanted.flatMap((category) => [category, after, limit]);
    return this.#statementFor(wanted.length)
      .all(...parameters, limit)
      .map(recordedEventOf);
  }

  /** Every category gives its next positions from the index, so events of others cost nothing. */
  #statementFor(categories: number): Database.Statement<(string | number)[], RecordedRow> {
    const known = this.#ofCategories.get(categories);
    if (known !== undefined) return known;
    const next = `SELECT position FROM (SELECT position FROM events WHERE category_id = (SELECT id FROM categories WHERE name = ?) AND position > ? ORDER BY position LIMIT ?)`;
    const statement = this.#database
      .prepare<(string | number)[], RecordedRow>(
        `SELECT ${recordedColumns} FROM (SELECT position FROM (${Array(categories).fill(next).join(' UNION ALL ')}) ORDER BY position LIMIT ?) AS hit CROSS JOIN events e ON e.position = hit.position CROSS JOIN streams s ON s.id = e.stream_id ORDER BY hit.position`,
      )
      .raw();
    this.#ofCategories.set(categories, statement);
    return statement;
  }
}
