import { z } from 'zod';
import type { Session } from '../database/session.ts';
import type { Page, PageRequest, QuarantinedEventView } from '../views.ts';
import { pageOf, placeOfCursor } from './cursor.ts';

const positionPlace = z.tuple([z.int()]);

/** In log order. */
export async function listQuarantine(
  { db }: Session,
  page: PageRequest,
): Promise<Page<QuarantinedEventView>> {
  const [after] = placeOfCursor(page, positionPlace) ?? [0];
  const rows = await db
    .selectFrom('quarantine')
    .selectAll()
    .where('position', '>', after)
    .orderBy('position')
    .limit(page.limit + 1)
    .execute();
  return pageOf(
    rows,
    page.limit,
    (row) => [row.position],
    (row) => ({
      position: row.position,
      eventId: row.event_id,
      stream: row.stream,
      type: row.type,
      version: row.version,
      recordedAt: row.recorded_at,
      error: row.error,
    }),
  );
}
