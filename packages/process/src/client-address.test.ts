import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { clientAddressBy } from './client-address.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
  [' 2001:db8::1 ', '2001:db8::1'],
  ['198.51.100.1:4711, 203.0.113.7:50514', '203.0.113.7'],
  ['[2001:db8::1]:50514', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['2001:db8::1:4711', '2001:db8::1:4711'],
  ['198.51.100.1,', 'none'],
  ['', 'none'],
])('of the header %j the proxy itself saw %s', async (header, expected) => {
  const address = clientAddressBy('x-forwarded-for');
  const app = new Hono().get('/', (c) => c.text(address(c) ?? 'none'));
  const answer = await app.request('/', { headers: { 'X-Forwarded-For': header } });
  expect(await answer.text()).toBe(expected);
});
