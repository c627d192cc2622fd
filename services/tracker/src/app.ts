import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { beaconPreflight, beaconRoute } from './beacon-route.ts';
import { problemAnswer } from './problems.ts';
import { redirectRoute } from './redirect.ts';
import { snippetRoute } from './snippet-route.ts';
import type { TrackerOptions } from './tracker-options.ts';

/** The tracker as an app of web standards only: it runs on Node and on workerd alike. */
export function createTracker(options: TrackerOptions): Hono {
  const app = new Hono();
  app.get('/r/:code', redirectRoute(options));
  app.post('/t', beaconRoute(options));
  app.options('/t', beaconPreflight(options));
  if (options.compress !== false) app.use('/t.js', compress());
  app.get('/t.js', snippetRoute(options));
  app.all('/r/:code', () => methodNotAllowed('GET, HEAD'));
  app.all('/t', () => methodNotAllowed('POST, OPTIONS'));
  app.all('/t.js', () => methodNotAllowed('GET, HEAD'));
  app.notFound(() => problemAnswer('not_found', 'The tracker answers /r/{code}, /t and /t.js.'));
  app.onError((error) => {
    options.onError?.(error);
    return problemAnswer('internal', 'The tracker could not answer; try again.');
  });
  return app;
}

function methodNotAllowed(allow: string): Response {
  return problemAnswer('method_not_allowed', `Use ${allow}.`, { headers: { Allow: allow } });
}
