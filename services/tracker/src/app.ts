import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { beaconPreflight } from './beacons/beacon-route.ts';
import { problemAnswer } from './problems.ts';
import { snippetRoute } from './snippet-route.ts';
import { createTouchAnswers } from './touch-answers.ts';
import type { TouchAnswers } from './touch-answers.ts';
import { asResponse } from './tracker-context.ts';
import type { TrackerOptions } from './tracker-options.ts';

/** The tracker as an app of web standards only: it runs on Node and on workerd alike. */
export function createTracker(
  options: TrackerOptions,
  { follow, take }: TouchAnswers = createTouchAnswers(options),
): Hono {
  const app = new Hono();
  app.get('/r/:code', async (context) =>
    asResponse(await follow(context, context.req.param('code'))),
  );
  app.post('/t', async (context) => asResponse(await take(context)));
  app.options('/t', beaconPreflight(options));
  if (options.compress !== false) app.use('/t.js', compress());
  app.get('/t.js', snippetRoute(options));
  app.notFound(({ req }) => refuseRequest(req.path));
  app.onError((error) => {
    options.onError?.(error);
    return problemAnswer('internal', 'The tracker could not answer; try again.');
  });
  return app;
}

const METHODS: readonly (readonly [path: RegExp, allow: string])[] = [
  [/^\/r\/[^/]+$/, 'GET, HEAD'],
  [/^\/t$/, 'POST, OPTIONS'],
  [/^\/t\.js$/, 'GET, HEAD'],
];

/** Not a route of its own: with two of them at one address, every redirect would pass through both. */
function refuseRequest(path: string): Response {
  const allow = METHODS.find(([known]) => known.test(path))?.[1];
  if (allow === undefined) {
    return problemAnswer('not_found', 'The tracker answers /r/{code}, /t and /t.js.');
  }
  return problemAnswer('method_not_allowed', `Use ${allow}.`, { headers: { Allow: allow } });
}
