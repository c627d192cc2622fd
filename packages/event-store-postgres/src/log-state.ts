import type { ClientBase } from 'pg';
import type { PreparedAppend } from '@provisie/event-store/adapting';
import { categoryOf, type LogState } from './log-rows.ts';

type Named = Pick<PreparedAppend, 'stream' | 'events'>;

/** A name of a stream or category and an id come back as their index: short, whoever reads slowly. */
const heads = `
  SELECT coalesce(last.position, 0),
    greatest(last.recorded_at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint),
    (SELECT coalesce(max(id), 0) FROM provisie_events.streams),
    (SELECT coalesce(max(id), 0) FROM provisie_events.categories),
    last.recorded_at
  FROM (SELECT) AS always LEFT JOIN (
    SELECT position, recorded_at FROM provisie_events.events ORDER BY position DESC LIMIT 1
  ) AS last ON true`;

const streamsOfNames = `
  SELECT wanted.at, s.id, s.category_id, s.revision
  FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, at)
  JOIN provisie_events.streams s ON s.name = wanted.name`;

const categoriesOfNames = `
  SELECT wanted.at, c.id
  FROM unnest($1::text[]) WITH ORDINALITY AS wanted (name, at)
  JOIN provisie_events.categories c ON c.name = wanted.name`;

const takenOfIds = `
  SELECT wanted.at
  FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, at)
  JOIN provisie_events.events e ON e.event_id = wanted.id`;

/** Sends all its questions at once; what they say holds while the client has the lock for appending. */
export async function readLogState(client: ClientBase, group: readonly Named[]): Promise<LogState> {
  const names = [...new Set(group.map(({ stream }) => stream))];
  const categoryNames = [...new Set(names.map(categoryOf))];
  const ids = group.flatMap(({ events }) => events.map(({ id }) => id));
  const answer = <Row extends unknown[]>(name: string, text: string, values: unknown[]) =>
    client.query<Row>({ name, text, values, rowMode: 'array' });
  const [head, streams, categories, taken] = await Promise.all([
    answer<[string, string, string, number, string | null]>('heads', heads, []),
    answer<[string, string, number, string]>('streams_of_names', streamsOfNames, [names]),
    answer<[string, number]>('categories_of_names', categoriesOfNames, [categoryNames]),
    answer<[string]>('taken_of_ids', takenOfIds, [ids]),
  ]);
  const [position, recordedAt, streamId, categoryId, lastRecordedAt = null] = head.rows[0] ?? [];
  const at = <Value>(list: readonly Value[], index: string) => list[Number(index) - 1];
  return {
    head: Number(position),
    recordedAt: Number(recordedAt),
    lastRecordedAt: lastRecordedAt === null ? null : Number(lastRecordedAt),
    lastStreamId: Number(streamId),
    lastCategoryId: Number(categoryId),
    streams: new Map(
      streams.rows.map(([index, id, category, revision]) => [
        at(names, index) ?? '',
        { id: Number(id), categoryId: category, revision: Number(revision) },
      ]),
    ),
    categories: new Map(categories.rows.map(([index, id]) => [at(categoryNames, index) ?? '', id])),
    takenIds: new Set(taken.rows.map(([index]) => at(ids, index) ?? '')),
  };
}
