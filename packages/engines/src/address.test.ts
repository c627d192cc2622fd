import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parseAddress, withoutPassword } from './address.ts';

const all = ['sqlite', 'postgresql', 'kurrent'] as const;

test.each([
  ['sqlite:data/events.sqlite', { engine: 'sqlite', file: resolve('data/events.sqlite') }],
  ['sqlite:/var/lib/e.sqlite', { engine: 'sqlite', file: '/var/lib/e.sqlite' }],
  ['sqlite:///var/lib/e.sqlite', { engine: 'sqlite', file: '/var/lib/e.sqlite' }],
  ['postgres://a:b@db/p', { engine: 'postgresql', url: 'postgres://a:b@db/p' }],
  ['postgresql://db/p', { engine: 'postgresql', url: 'postgresql://db/p' }],
  ['esdb://h:2113?tls=false', { engine: 'kurrent', connectionString: 'esdb://h:2113?tls=false' }],
  ['kurrent://h', { engine: 'kurrent', connectionString: 'kurrent://h' }],
  ['kdb+discover://h', { engine: 'kurrent', connectionString: 'kdb+discover://h' }],
  ['kurrentdb+discover://h', { engine: 'kurrent', connectionString: 'kurrentdb+discover://h' }],
])('%s', (text, address) => {
  expect(parseAddress(text, all)).toEqual(address);
});

test.each([
  ['', 'it has no such beginning'],
  ['sqlite:', 'it begins with "sqlite:"'],
  ['mysql://root:geheim@db', 'it begins with "mysql:"'],
  ['db.example.nl:5432', 'it has no such beginning'],
])('%j is refused without being shown', (text, why) => {
  expect(() => parseAddress(text, all)).toThrow(why);
  expect(() => parseAddress(text, all)).not.toThrow('geheim');
});

test('an engine that this can\u2019t be kept in is refused with the ones that it can', () => {
  expect(() => parseAddress('esdb://h:2113', ['sqlite', 'postgresql'])).toThrow(
    'An address must be one of sqlite:FILE, postgres://USER:PASSWORD@HOST/DATABASE; it begins with "esdb:".',
  );
});

test.each([
  ['postgres://provisie:geheim@db/p', 'postgres://provisie@db/p'],
  ['esdb://admin:ge:heim@a,b,c?tls=true', 'esdb://admin@a,b,c?tls=true'],
  ['postgres://db/p', 'postgres://db/p'],
  ['sqlite:/var/lib/e.sqlite', 'sqlite:/var/lib/e.sqlite'],
])('%s is shown as %s', (text, shown) => {
  expect(withoutPassword(text)).toBe(shown);
});
