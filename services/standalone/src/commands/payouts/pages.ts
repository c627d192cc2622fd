import { z } from 'zod';
import type { Connection } from './connection.ts';

const LARGEST_PAGE = 500;

/** The rows of a listing, page by page; a page may be empty although more follow. */
export async function* pagesOf<Row>(
  connection: Connection,
  path: string,
  query: URLSearchParams,
  row: z.ZodType<Row>,
): AsyncGenerator<readonly Row[]> {
  const page = z.object({ items: z.array(row), next: z.string().nullable() });
  let cursor: string | null = null;
  do {
    const asked = new URLSearchParams(query);
    asked.set('limit', String(LARGEST_PAGE));
    if (cursor !== null) asked.set('cursor', cursor);
    const answer: z.infer<typeof page> = await connection.get(`${path}?${asked.toString()}`, page);
    yield answer.items;
    cursor = answer.next;
  } while (cursor !== null);
}

/** The first rows of a listing, and whether there are more. */
export async function firstRows<Row>(
  pages: AsyncIterable<readonly Row[]>,
  most: number,
): Promise<{ readonly rows: readonly Row[]; readonly more: boolean }> {
  const rows: Row[] = [];
  for await (const page of pages) {
    rows.push(...page);
    if (rows.length > most) return { rows: rows.slice(0, most), more: true };
  }
  return { rows, more: false };
}
