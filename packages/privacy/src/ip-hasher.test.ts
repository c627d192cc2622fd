import { describe, expect, test } from 'vitest';
import { createIpHasher } from './ip-hasher.ts';

const noon = Date.UTC(2026, 2, 14, 12);
const hasher = createIpHasher(new TextEncoder().encode('a secret of the tests'));

describe('the hash of an IP address', () => {
  test.each([
    ['203.0.113.7', '203.0.113.250', 'within one /24'],
    ['203.0.113.7', '::ffff:203.0.113.7', 'IPv4 inside IPv6'],
    ['203.0.113.7', '::ffff:cb00:7107', 'IPv4 inside IPv6, in hexadecimal'],
    ['2001:db8:1:2::3', '2001:0db8:0001:ffff::1', 'within one /48'],
  ])('of %s and %s is the same (%s)', async (one, other) => {
    expect(await hasher.hash(one, noon)).toMatch(/^[\w-]{43}$/);
    expect(await hasher.hash(other, noon)).toBe(await hasher.hash(one, noon));
  });

  test.each([
    ['203.0.113.7', '203.0.114.7'],
    ['2001:db8:1::3', '2001:db8:2::3'],
    ['::1', '0.0.0.1'],
  ])('of %s and %s differs', async (one, other) => {
    expect(await hasher.hash(other, noon)).not.toBe(await hasher.hash(one, noon));
  });

  test.each(['', 'unknown', '1', '0x7f.1', '203.0.113', '203.0.113.7:443', '256.0.0.1', 'g::1'])(
    'of %j is null: it is no address',
    async (text) => {
      expect(await hasher.hash(text, noon)).toBeNull();
    },
  );

  test('changes at midnight UTC', async () => {
    const midnight = Date.UTC(2026, 2, 15);
    const hashAt = (at: number) => hasher.hash('203.0.113.7', at);
    expect(await hashAt(midnight - 1)).toBe(await hashAt(noon));
    expect(await hashAt(midnight)).not.toBe(await hashAt(midnight - 1));
  });

  test('stays the same over many days in any order', async () => {
    const days = Array.from({ length: 40 }, (_, day) => noon + day * 86_400_000);
    const forward = await Promise.all(days.map((at) => hasher.hash('203.0.113.7', at)));
    const backward = await Promise.all(
      days.toReversed().map((at) => hasher.hash('203.0.113.7', at)),
    );
    expect(backward.toReversed()).toEqual(forward);
    expect(new Set(forward).size).toBe(days.length);
  });
});
