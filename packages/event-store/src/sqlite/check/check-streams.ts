import type Database from 'better-sqlite3';
import type { Faults } from './fault.ts';

interface Place {
  readonly streamId: number;
  readonly revision: number;
  readonly position: number;
}

/** Revisions from 0 without gaps, in the order of positions, to the one that the list of streams knows. */
export function checkStreams(database: Database.Database, faults: Faults): void {
  const nameOf = database
    .prepare<[number], string>('SELECT name FROM streams WHERE id = ?')
    .pluck();
  let before: Place | null = null;
  for (const place of inParts(database)) {
    const follows = before?.streamId === place.streamId ? before : null;
    const stream = () => `stream ${nameOf.get(place.streamId) ?? `number ${place.streamId}`}`;
    const due = follows === null ? 0 : follows.revision + 1;
    if (place.revision !== due) {
      faults.add(
        'revision',
        `${stream()} has revision ${place.revision} at position ${place.position} where ${due} is due`,
      );
    } else if (follows !== null && place.position < follows.position) {
      faults.add(
        'position',
        `${stream()}: revision ${place.revision} lies before revision ${follows.revision} in the log`,
      );
    }
    before = place;
  }
  checkLastRevisions(database, faults);
}

const PART = 5000;

function* inParts(database: Database.Database): Generator<Place> {
  const places = database.prepare<[number, number, number], Place>(
    `SELECT stream_id AS streamId, revision, position FROM events INDEXED BY events_by_stream
     WHERE (stream_id, revision) > (?, ?) ORDER BY stream_id, revision LIMIT ?`,
  );
  for (let last: Place = { streamId: 0, revision: 0, position: 0 }; ;) {
    const found = places.all(last.streamId, last.revision, PART);
    yield* found;
    const end = found.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

/** A stream of which an append was refused stands in the list without an event, with revision -1. */
function checkLastRevisions(database: Database.Database, faults: Faults): void {
  const wrong = database
    .prepare<[], { name: string; told: number; found: number }>(
      `SELECT s.name, s.revision AS told, coalesce(max(e.revision), -1) AS found
       FROM streams s LEFT JOIN events e INDEXED BY events_by_stream ON e.stream_id = s.id
       GROUP BY s.id HAVING told <> found`,
    )
    .all();
  for (const { name, told, found } of wrong) {
    faults.add(
      'stream',
      `stream ${name} ends with revision ${found}, and the list of streams says ${told}`,
    );
  }
}
