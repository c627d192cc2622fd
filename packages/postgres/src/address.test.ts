import { expect, test } from 'vitest';
import { postgresServer } from './address.ts';

test.each([
  ['postgres://me:s3cret@db:5433/p', 'postgres://me@db:5433/p'],
  ['postgresql://db/p?user=me&password=s3cret', 'postgresql://db/p'],
  ['postgres://me:s3%40cret@[::1]/p', 'postgres://me@[::1]/p'],
  ['postgres:///p?host=/run/postgresql', 'postgres:///run/postgresql/p'],
])('%s is shown without what may be a password', (url, address) => {
  expect(postgresServer(url)).toEqual({ url, address });
});

test.each([
  'read-model.sqlite',
  'mysql://me:s3cret@db/p',
  'postgres://me:s3#cret@db/p',
  'postgres://me:1/cret@db/p',
  'postgres://me:1#cret@db/p',
  'postgres://me:s3@cr/et@db/p',
])('%s is no address', (url) => {
  expect(postgresServer(url)).toBeNull();
});
