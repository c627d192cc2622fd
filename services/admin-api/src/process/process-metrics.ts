import { Hono } from 'hono';
import { collectDefaultMetrics, Registry } from 'prom-client';

/** `GET /metrics`: memory, garbage collection and the lag of the event loop. It holds no personal data. */
export function processMetrics(): Hono {
  const register = new Registry();
  collectDefaultMetrics({ register, prefix: 'provisie_' });
  const app = new Hono();
  app.get('/metrics', async (c) => {
    const headers = { 'Content-Type': register.contentType, 'Cache-Control': 'no-store' };
    return c.body(await register.metrics(), 200, headers);
  });
  return app;
}
