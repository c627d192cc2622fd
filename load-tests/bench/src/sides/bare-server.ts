// A Hono app that does nothing but answer as the tracker would: the most that redirects and beacons could be.
import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { serveUntilInputEnds } from '../served-side.ts';

const HEADERS = {
  Location:
    'https://shop.example/landing?utm_source=bench&click_id=019ac7a5-0f3e-7bd1-8f5a-3c8d7b1e2a4f',
  'Set-Cookie':
    'pv_visitor=0d4b3d0e-7f0c-4a55-9b1c-3f1f0a5b6c7d; Max-Age=7776000; Path=/; HttpOnly; Secure; SameSite=Lax',
};

const app = new Hono();
app.get('/r/:code', () => new Response(null, { status: 302, headers: HEADERS }));
app.post('/t', async (context) => {
  await context.req.json();
  return new Response(null, { status: 204 });
});

const answer = getRequestListener(app.fetch);
const listener: RequestListener = (incoming, outgoing) => void answer(incoming, outgoing);

await serveUntilInputEnds(listener, async () => null);
