import type { RecordedEvent } from '@provisie/event-store';
import { z } from 'zod';
import { insertion, statement, type Session } from '../database/session.ts';

const insert = insertion('postponed_events', 'keep');

/** Keeps events to be applied after the load. */
export function postpone(session: Session, events: readonly RecordedEvent[]): Promise<void> {
  return insert(
    session,
    events.map((event) => ({ position: event.position, event: JSON.stringify(event) })),
  );
}

const postponedAfter = statement((db) =>
  db
    .selectFrom('postponed_events')
    .select('event')
    .where('position', '>', 0)
    .orderBy('position')
    .limit(0)
    .compile(),
);

/** Written by us from an event, so its shape needs no second check. */
const asWritten = z.custom<RecordedEvent>();

/** The next events that were postponed, in log order. */
export async function nextPostponed(
  session: Session,
  after: number,
  limit: number,
): Promise<RecordedEvent[]> {
  const rows = await postponedAfter(session, after, limit);
  return rows.map(({ event }) => asWritten.parse(JSON.parse(event)));
}
