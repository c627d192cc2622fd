import { expect, test } from 'vitest';
import { createApiKey, hashApiKey, hintOf, isApiKey } from './api-key.ts';

test('a new key passes its own checksum and is not given twice', () => {
  const keys = Array.from({ length: 200 }, createApiKey);
  expect(keys.every(isApiKey)).toBe(true);
  expect(new Set(keys).size).toBe(200);
});

test('any single mistyped character is noticed', () => {
  const key = createApiKey();
  for (let at = 0; at < key.length; at += 1) {
    const typed = key[at] === 'x' ? 'y' : 'x';
    expect(isApiKey(key.slice(0, at) + typed + key.slice(at + 1))).toBe(false);
  }
});

test.each(['', 'pv_live_', 'pv_test_abc', `${createApiKey()}A`, 'Bearer x'])(
  'refuses %j',
  (secret) => {
    expect(isApiKey(secret)).toBe(false);
  },
);

test('what is kept does not give the secret away', () => {
  const key = createApiKey();
  expect(hashApiKey(key)).toMatch(/^[0-9a-f]{64}$/);
  expect(hintOf(key).length).toBeLessThanOrEqual(20);
  expect(key.startsWith(hintOf(key).slice(0, -1))).toBe(true);
});
