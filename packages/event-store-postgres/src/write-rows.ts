import type { ClientBase } from 'pg';
import type { EventRow, NewRows } from './log-rows.ts';

const insertCategories = `
  INSERT INTO provisie_events.categories (id, name)
  SELECT * FROM unnest($1::integer[], $2::text[])`;

const saveStreams = `
  INSERT INTO provisie_events.streams (id, name, category_id, revision)
  SELECT * FROM unnest($1::bigint[], $2::text[], $3::integer[], $4::bigint[])
  ON CONFLICT (id) DO UPDATE SET revision = excluded.revision`;

const insertEvents = `
  INSERT INTO provisie_events.events
    (position, stream_id, revision, category_id, event_id, type, version, occurred_at, recorded_at, data, metadata)
  SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::integer[], $5::uuid[], $6::text[],
    $7::bigint[], $8::bigint[], $9::bigint[], $10::text[], $11::text[])`;

/** One statement takes a gigabyte at most. */
const ROWS_PER_STATEMENT = 1_000;
const CHARACTERS_PER_STATEMENT = 16_000_000;

/** Sends the rows without waiting for the answers. */
export function writeRows(
  client: ClientBase,
  { events, streams, newCategories }: NewRows,
): Promise<unknown>[] {
  const send = (name: string, text: string, values: unknown[]): Promise<unknown> =>
    client.query({ name, text, values });
  const sent: Promise<unknown>[] = [];
  if (newCategories.length > 0) {
    const columns = [newCategories.map(({ id }) => id), newCategories.map(({ name }) => name)];
    sent.push(send('insert_categories', insertCategories, columns));
  }
  if (streams.length > 0) {
    sent.push(
      send('save_streams', saveStreams, [
        streams.map(({ id }) => id),
        streams.map(({ name }) => name),
        streams.map(({ categoryId }) => categoryId),
        streams.map(({ revision }) => revision),
      ]),
    );
  }
  for (const rows of parts(events)) sent.push(send('insert_events', insertEvents, columnsOf(rows)));
  return sent;
}

function columnsOf(rows: readonly EventRow[]): unknown[] {
  return [
    rows.map(({ position }) => position),
    rows.map(({ stream }) => stream.id),
    rows.map(({ revision }) => revision),
    rows.map(({ stream }) => stream.categoryId),
    rows.map(({ event }) => event.id),
    rows.map(({ event }) => event.type),
    rows.map(({ event }) => event.version),
    rows.map(({ event }) => event.occurredAt),
    rows.map(({ recordedAt }) => recordedAt),
    rows.map(({ event }) => event.data),
    rows.map(({ event }) => event.metadata),
  ];
}

function* parts(rows: readonly EventRow[]): Generator<readonly EventRow[]> {
  let first = 0;
  let characters = 0;
  for (const [index, { event }] of rows.entries()) {
    const length = event.data.length + (event.metadata?.length ?? 0);
    const isFull =
      index - first === ROWS_PER_STATEMENT || characters + length > CHARACTERS_PER_STATEMENT;
    if (isFull && index > first) {
      yield rows.slice(first, index);
      first = index;
      characters = 0;
    }
    characters += length;
  }
  if (first < rows.length) yield rows.slice(first);
}
