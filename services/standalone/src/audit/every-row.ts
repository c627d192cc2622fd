import type { Page, PageRequest } from '@provisie/read-model';

const PAGE = 500;

/** All rows of a listing, a page in memory at a time. */
export async function* everyRow<Row>(
  list: (page: PageRequest) => Promise<Page<Row>>,
): AsyncGenerator<Row> {
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await list({ limit: PAGE, cursor });
    yield* page.rows;
    cursor = page.next;
  } while (cursor !== null);
}
