import { expect, test } from 'vitest';
import { listen } from './door.ts';

test('a connection is kept for longer than a proxy in front keeps it', async () => {
  const door = await listen({ host: '127.0.0.1', port: 0 });
  try {
    const starting = await fetch(door.url);
    expect([starting.status, starting.headers.get('retry-after')]).toEqual([503, '1']);
    door.open(() => new Response('well'));
    const answer = await fetch(door.url);
    expect(await answer.text()).toBe('well');
    expect(answer.headers.get('keep-alive')).toBe('timeout=130');
  } finally {
    await door.close(1000);
  }
});
