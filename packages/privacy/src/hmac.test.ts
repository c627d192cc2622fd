import { describe, expect, test } from 'vitest';
import { fromHex } from './bytes.ts';
import { hmacKey, verifyHmacSha256 } from './hmac.ts';

/** RFC 4231, test case 2. */
const vector = {
  secret: 'Jefe',
  body: 'what do ya want for nothing?',
  hex: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  base64: 'W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=',
};

describe('verifying an HMAC-SHA-256', () => {
  test.each([
    ['hex', vector.hex],
    ['hex', vector.hex.toUpperCase()],
    ['base64', vector.base64],
  ] as const)('accepts the vector of RFC 4231 in %s', async (encoding, signature) => {
    expect(await verifyHmacSha256({ ...vector, signature, encoding })).toBe(true);
  });

  test.each([
    ['another digit', 'hex', `6${vector.hex.slice(1)}`],
    ['a shorter signature', 'hex', vector.hex.slice(2)],
    ['nothing', 'hex', ''],
    ['no hexadecimal digits', 'hex', 'zz'],
    ['base64 where hex is due', 'hex', vector.base64],
    ['another letter', 'base64', `X${vector.base64.slice(1)}`],
    ['no base64', 'base64', 'not base64!'],
    ['broken padding', 'base64', 'A==='],
  ] as const)('refuses %s', async (_, encoding, signature) => {
    expect(await verifyHmacSha256({ ...vector, signature, encoding })).toBe(false);
  });

  test('refuses another body, another secret and an empty secret', async () => {
    const signed = { ...vector, signature: vector.hex, encoding: 'hex' } as const;
    expect(await verifyHmacSha256({ ...signed, body: `${vector.body} ` })).toBe(false);
    expect(await verifyHmacSha256({ ...signed, secret: 'jefe' })).toBe(false);
    expect(await verifyHmacSha256({ ...signed, secret: '' })).toBe(false);
  });

  test('takes raw bytes, also ones that are no UTF-8', async () => {
    // RFC 4231, test case 3.
    const signed = {
      secret: new Uint8Array(20).fill(0xaa),
      body: new Uint8Array(50).fill(0xdd),
      signature: '773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe',
      encoding: 'hex',
    } as const;
    expect(await verifyHmacSha256(signed)).toBe(true);
  });
});

test('signs as RFC 4231 says, and refuses an empty secret', async () => {
  const key = hmacKey(new TextEncoder().encode(vector.secret));
  expect(await key.sign(vector.body)).toEqual(fromHex(vector.hex));
  expect(() => hmacKey(new Uint8Array())).toThrow('empty');
});
