import { describe, expect, test } from 'vitest';
import { readBody } from './body.ts';

const MOST = 16;

function request(body: Uint8Array<ArrayBuffer> | string, announced: string | null): Request {
  const headers: Record<string, string> = announced === null ? {} : { 'content-length': announced };
  return new Request('https://track.shop.nl/t', { method: 'POST', body, headers });
}

describe.each([
  ['of announced length', (bytes: number) => String(bytes)],
  ['of no announced length', () => null],
])('a body %s', (_, announced) => {
  test('is read as UTF-8', async () => {
    const body = await readBody(request('café', announced(5)), MOST);
    expect(body).toEqual({ ok: true, text: 'café' });
  });

  test('may be as long as is allowed, and no longer', async () => {
    const longest = 'a'.repeat(MOST);
    expect(await readBody(request(longest, announced(MOST)), MOST)).toMatchObject({ ok: true });
    const longer = request(`${longest}a`, announced(MOST + 1));
    expect(await readBody(longer, MOST)).toEqual({ ok: false, reason: 'too_large' });
  });

  test('that is no UTF-8 is refused', async () => {
    const latin1 = request(Uint8Array.of(0x63, 0xe9), announced(2));
    expect(await readBody(latin1, MOST)).toEqual({ ok: false, reason: 'malformed' });
  });

  test('may be absent', async () => {
    expect(await readBody(request('', announced(0)), MOST)).toEqual({ ok: true, text: '' });
  });
});

test('a body that is longer than it announces is measured all the same', async () => {
  const lying = request('a'.repeat(MOST + 1), '3');
  expect(await readBody(lying, MOST)).toEqual({ ok: false, reason: 'too_large' });
});
