import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { must, readNow } from '../../test/office.ts';
import { openWorld } from '../../test/world.ts';
import type { World } from '../../test/world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const merchant = {
  legalName: 'Voorbeeld Bouwshop B.V.',
  street: 'Dorpsstraat 1',
  postalCode: '3511 AB',
  city: 'Utrecht',
  vatId: 'nl 8537.46.333 b01',
  iban: 'NL91 ABNA 0417 1643 00',
};

test('the merchant is not there, then is, and only a change is written', async () => {
  expect((await world.call('GET /v1/merchant')).status).toBe(404);
  const first = await must(world, 'PUT /v1/merchant', merchant);
  expect(first.body).toMatchObject({
    merchant: { iban: 'NL91ABNA0417164300', vatId: 'NL853746333B01', country: 'NL', bic: null },
  });
  expect((await must(world, 'PUT /v1/merchant', merchant)).body).toEqual(first.body);

  await must(world, 'PUT /v1/merchant', { ...merchant, city: 'Zeist' });
  expect((await readNow(world, '/v1/merchant')).body).toMatchObject({ city: 'Zeist' });
  expect(await Array.fromAsync(world.options.store.readStream('merchant'))).toHaveLength(2);
});

test('a wrong field is named, with what would be right', async () => {
  const body = { ...merchant, iban: 'NL92ABNA0417164300', vatId: 'DE136695976' };
  const answer = await world.call('PUT /v1/merchant', { body });
  const { errors } = problemSchema.parse(answer.body);
  expect(errors.map(({ path, problem }) => [path, problem])).toEqual([
    ['/vatId', expect.stringContaining('begins with NL')],
    ['/iban', expect.stringContaining('check digits')],
  ]);
});

const problemSchema = z.object({
  status: z.literal(400),
  errors: z.array(z.object({ path: z.string(), problem: z.string() })),
});
