import { OpenAPIHono, z } from '@hono/zod-openapi';
import { expect, test } from 'vitest';
import { pageAnswer, pageOfList, pageQuery, pageRequest } from './pagination.ts';

const app = new OpenAPIHono();
app.get('/rows', (c) => {
  const { limit, cursor } = pageRequest(z.object(pageQuery).parse(c.req.query()));
  const from = cursor === null ? 0 : Number(cursor);
  const rows = [1, 2, 3, 4, 5].slice(from, from + limit);
  const next = from + limit < 5 ? String(from + limit) : null;
  return c.json(pageAnswer(c, { rows, next }, (row) => row * 10));
});

test('the Link header leads through all pages, keeping the rest of the query', async () => {
  const seen: unknown[] = [];
  let path = '/rows?limit=2&filter=x%20y';
  for (;;) {
    const response = await app.request(path);
    seen.push(await response.json());
    const link = response.headers.get('Link');
    if (link === null) break;
    expect(link).toMatch(/^<\/rows\?.*filter=x\+y.*>; rel="next"$/);
    path = link.slice(1, link.indexOf('>'));
  }
  expect(seen).toEqual([
    { items: [10, 20], next: '2' },
    { items: [30, 40], next: '4' },
    { items: [50], next: null },
  ]);
});

test.each<[limit: number, cursor: string | null, rows: string[], next: string | null]>([
  [2, null, ['a', 'b'], 'b'],
  [2, 'b', ['c'], null],
  [3, null, ['a', 'b', 'c'], null],
  [1, 'c', [], null],
])('of a list, a page of %i after %j is %j', (limit, cursor, rows, next) => {
  const page = pageOfList(['a', 'b', 'c'], { limit, cursor }, (row) => row);
  expect(page).toEqual({ rows, next });
});

test('a cursor that names no row of the list is refused', () => {
  const page = () => pageOfList(['a'], { limit: 1, cursor: 'b' }, (row) => row);
  expect(page).toThrow('use `next` as it was given');
});
