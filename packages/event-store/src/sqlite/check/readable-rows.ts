import Database from 'better-sqlite3';

/** An event as it stands in the tables, nothing taken for granted. */
export interface EventRow {
  readonly position: number;
  readonly stream: string | null;
  readonly revision: number;
  readonly category: string | null;
  /** Whether event and stream name the same category. */
  readonly isOneCategory: 0 | 1;
  readonly id: Uint8Array;
  readonly type: string;
  readonly version: number;
  readonly occurredAt: number;
  readonly recordedAt: number;
  readonly data: string;
  readonly metadata: string | null;
}

export type ReadRow =
  | { readonly kind: 'row'; readonly row: EventRow }
  /** `to`: the last position that can't be read; null when nothing after `from` can. */
  | {
      readonly kind: 'hole';
      readonly from: number;
      readonly to: number | null;
      readonly reason: string;
    };

const BATCH = 500;
/** Positions that are tried after damage, when not even the end of the log can be read. */
const BLIND_TRIES = 200_000;

const query = `
  SELECT e.position, s.name AS stream, e.revision, c.name AS category, s.category_id IS e.category_id AS isOneCategory,
    e.event_id AS id, e.type, e.version, e.occurred_at AS occurredAt, e.recorded_at AS recordedAt, e.data, e.metadata
  FROM events e
  LEFT JOIN streams s ON s.id = e.stream_id
  LEFT JOIN categories c ON c.id = e.category_id
  WHERE e.position >= ? ORDER BY e.position LIMIT ?`;

/** Every event from a position on that can be read, in log order, and where some can't. */
export function* readableRows(database: Database.Database, from = 0): Generator<ReadRow> {
  const rows = database.prepare<[number, number], EventRow>(query);
  let next = from;
  for (let limit = BATCH; ;) {
    const read = attempt(() => rows.all(next, limit));
    if (read.ok) {
      for (const row of read.value) yield { kind: 'row', row };
      if (read.value.length < limit) return;
      next = (read.value.at(-1)?.position ?? next) + 1;
      limit = Math.min(BATCH, limit * 2);
    } else if (limit > 1) {
      limit = Math.floor(limit / 2);
    } else {
      const resumed = firstReadable(database, rows, next + 1);
      yield {
        kind: 'hole',
        from: next,
        to: resumed === null ? null : resumed - 1,
        reason: read.reason,
      };
      if (resumed === null) return;
      next = resumed;
    }
  }
}

function firstReadable(
  database: Database.Database,
  rows: Database.Statement<[number, number], EventRow>,
  from: number,
): number | null {
  const last = lastPosition(database) ?? from + BLIND_TRIES;
  for (let position = from; position <= last; position += 1) {
    const read = attempt(() => rows.get(position, 1));
    if (read.ok) return read.value?.position ?? null;
  }
  return null;
}

/** From the table, or from an index, if the end of the table is what is damaged. */
export function lastPosition(database: Database.Database): number | null {
  for (const source of ['events', 'events INDEXED BY events_by_stream']) {
    const read = attempt(() =>
      database.prepare<[], number | null>(`SELECT max(position) FROM ${source}`).pluck().get(),
    );
    if (read.ok) return read.value ?? 0;
  }
  return null;
}

type Attempt<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly reason: string };

/** Damage is a result here; anything else is thrown. */
export function attempt<Value>(work: () => Value): Attempt<Value> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof Database.SqliteError && isDamage(error.code)) {
      return { ok: false, reason: error.message };
    }
    throw error;
  }
}

/** A page beyond the end of a file that was cut off shows as a short read. */
function isDamage(code: string): boolean {
  return (
    code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_IOERR') || code === 'SQLITE_NOTADB'
  );
}
