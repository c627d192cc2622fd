import { afterAll, beforeAll, expect, test } from 'vitest';
import { keyFor, openOffice, readNow } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

let world: World;
let partnerKey: string;
beforeAll(async () => {
  world = await openWorld();
  await openOffice(world);
  partnerKey = await keyFor(world, ['partner'], 'woonblog');
});
afterAll(() => world[Symbol.asyncDispose]());

const read = (path: string) =>
  readNow(world, path, path.startsWith('/v1/me') ? partnerKey : world.adminKey);

const TEN_YEARS = { from: '2016-02-29', to: '2026-03-08' };

test.each(['/v1/performance', '/v1/me/performance'])(
  '%s covers the days that were asked for, or says which it can',
  async (path) => {
    const longest = await read(`${path}?from=${TEN_YEARS.from}&to=${TEN_YEARS.to}`);
    expect(longest).toMatchObject({ status: 200, body: TEN_YEARS });
    const tooLong = await read(`${path}?from=2016-02-28&to=${TEN_YEARS.to}`);
    expect(tooLong).toMatchObject({
      status: 400,
      body: {
        code: 'invalid_request',
        errors: [
          {
            path: 'query/from',
            problem: 'more than 3660 days before 2026-03-08',
            expected: '2016-02-29 or later; or ask for the years one by one',
          },
        ],
      },
    });
  },
);
