import { z } from 'zod';
import { InvalidCursorError } from '../errors.ts';
import type { Page, PageRequest } from '../views.ts';

/** The cursor of the page after the row with this place in the listing. */
function cursorOf(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place that a cursor stands for; null for the first page. Throws `InvalidCursorError`. */
export function placeOfCursor<Place extends readonly (string | number)[]>(
  page: PageRequest,
  schema: z.ZodType<Place>,
): Place | null {
  if (page.cursor === null) return null;
  const parsed = schema.safeParse(decoded(page.cursor));
  if (!parsed.success) throw new InvalidCursorError();
  return parsed.data;
}

function decoded(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

export const idPlace = z.tuple([z.string()]);
export const datedPlace = z.tuple([z.int(), z.string()]);

/** A page of rows of which one more than `limit` was asked for. */
export function pageOf<Row, View>(
  rows: readonly Row[],
  limit: number,
  placeOf: (row: Row) => readonly (string | number)[],
  viewOf: (row: Row) => View,
): Page<View> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last !== undefined ? cursorOf(placeOf(last)) : null;
  return { rows: shown.map((row) => viewOf(row)), next };
}
