import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { httpProblem } from './problem.ts';
import type { ProblemError } from './problem.ts';

const MAX_PAGE_ROWS = 500;
const DEFAULT_PAGE_ROWS = 50;

/** The query of every listing. */
export const pageQuery = {
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_PAGE_ROWS)
    .default(DEFAULT_PAGE_ROWS)
    .openapi({ description: 'Rows at most.', example: 50 }),
  cursor: z
    .string()
    .min(1)
    .max(1000)
    .optional()
    .openapi({ description: 'As `next` of the page before gave it; absent for the first page.' }),
};

/** The body of every listing. */
export function pageSchema<Row extends z.ZodType>(row: Row) {
  return z.object({
    items: z.array(row),
    next: z
      .string()
      .nullable()
      .openapi({ description: 'The `cursor` of the next page; null on the last.' }),
  });
}

export function pageRequest(query: {
  readonly limit: number;
  readonly cursor?: string | undefined;
}) {
  return { limit: query.limit, cursor: query.cursor ?? null };
}

/** A page of a short list that is in memory as a whole. Its cursor is the id of the row before. Throws `invalid_cursor`. */
export function pageOfList<Row>(
  list: readonly Row[],
  { limit, cursor }: ReturnType<typeof pageRequest>,
  idOf: (row: Row) => string,
): { rows: readonly Row[]; next: string | null } {
  const before = cursor === null ? -1 : list.findIndex((row) => idOf(row) === cursor);
  if (cursor !== null && before === -1) throw invalidCursor();
  const end = before + 1 + limit;
  const rows = list.slice(before + 1, end);
  const last = rows.at(-1);
  return { rows, next: end < list.length && last !== undefined ? idOf(last) : null };
}

/** For a cursor that no page gave. */
export function invalidCursor(): ProblemError {
  return httpProblem('invalid_cursor', 'Start without `cursor`, then use `next` as it was given.');
}

/** The body of a listing; sets `Link: …; rel="next"` (RFC 8288) where there is a next page. */
export function pageAnswer<Row, Item>(
  c: Context,
  page: { readonly rows: readonly Row[]; readonly next: string | null },
  toItem: (row: Row) => Item,
): { items: Item[]; next: string | null } {
  if (page.next !== null) {
    const here = new URL(c.req.url);
    here.searchParams.set('cursor', page.next);
    c.header('Link', `<${here.pathname}${here.search}>; rel="next"`);
  }
  return { items: page.rows.map(toItem), next: page.next };
}
