import { expect, test } from 'vitest';
import { serverProcess } from './process.ts';
import { temporaryFolder } from './temp-folder.ts';

const TOKEN = 'a-token-of-at-least-24-characters';

test('a single server gives trackers on the edge its links, and takes touches that are signed', async () => {
  const server = await serverProcess(temporaryFolder(), {
    PROVISIE_LINK_DIRECTORY_TOKEN: TOKEN,
    PROVISIE_COLLECTOR_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  });
  const links = (headers: Record<string, string>) =>
    fetch(`${server.url}/link-directory`, { headers });
  expect((await links({})).status).toBe(401);
  const authorization = `Bearer ${TOKEN}`;
  const given = await links({ authorization });
  expect(given.status).toBe(200);
  const again = await links({ authorization, 'if-none-match': given.headers.get('etag') ?? '' });
  expect(again.status).toBe(304);
  const unsigned = await fetch(`${server.url}/collect`, { method: 'POST', body: '{}' });
  expect(unsigned.status).toBe(401);
  await server.stop('SIGTERM');
});

test('without their secrets there are no such doors', async () => {
  const server = await serverProcess(temporaryFolder());
  expect((await fetch(`${server.url}/link-directory`)).status).toBe(404);
  expect((await fetch(`${server.url}/collect`, { method: 'POST', body: '{}' })).status).toBe(404);
  await server.stop('SIGTERM');
});
