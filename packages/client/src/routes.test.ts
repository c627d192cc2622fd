import { expect, test } from 'vitest';
import type { paths } from './api-types.ts';
import type {
  Answer,
  Args,
  Body,
  FilePath,
  ListOptions,
  Options,
  PathOf,
  ReadPath,
} from './routes.ts';

/** Each fits where the other does, and neither fits everywhere. */
type Same<One, Other> = [One, Other, false] extends [Other, One, IsAny<One>] ? true : false;
type IsAny<One> = 0 extends 1 & One ? true : false;
type MayBeLeftOut<Given extends readonly unknown[]> = [] extends Given ? true : false;
type Report = { orderId: string; isPlaced: boolean; position: number };
type Pdf = '/v1/me/documents/{documentId}/pdf';

/** The compiler is what checks each of these. */
const TRUE_OF_THE_TYPES = [
  true satisfies Same<Answer<'post', '/v1/orders'>, Report>,
  true satisfies MayBeLeftOut<Args<Options<'get', '/v1/me/balance'>>>,
  false satisfies MayBeLeftOut<Args<Options<'get', '/v1/orders/{orderId}'>>>,
  false satisfies MayBeLeftOut<Args<Options<'post', '/v1/orders'>>>,
  true satisfies Same<Body<'get', '/v1/me/balance'>, never>,
  true satisfies Same<Extract<'body' | 'idempotencyKey', keyof Options<'get', '/v1/me'>>, never>,
  true satisfies Same<Extract<FilePath, Pdf>, Pdf>,
  true satisfies Same<Extract<ReadPath, Pdf>, never>,
  false satisfies 'cursor' extends keyof NonNullable<ListOptions<'/v1/me/links'>['query']>
    ? true
    : false,
  // Signed by a shop, not sent with a key; and what isn't JSON.
  true satisfies Same<Extract<PathOf<'post'>, `${string}webhooks${string}`>, never>,
  true satisfies Same<Extract<PathOf<'post'>, '/v1/bank-files'>, never>,
  // So that each of them may be sent again.
  true satisfies Same<Unrepeatable, never>,
];

/** Writes that take no Idempotency-Key. */
type Unrepeatable = {
  [Path in PathOf<'post'>]: [HeadersOf<Path>] extends [never]
    ? Path
    : 'Idempotency-Key' extends keyof HeadersOf<Path>
      ? never
      : Path;
}[PathOf<'post'>];
type HeadersOf<Path extends PathOf<'post'>> = NonNullable<
  paths[Path]['post']['parameters']['header']
>;

test('what may be asked, and with what, is as the document says', () => {
  expect(TRUE_OF_THE_TYPES).toContain(true);
});
