import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';

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
