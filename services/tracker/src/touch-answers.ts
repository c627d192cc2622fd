import { createBeacons } from './beacons/beacon-route.ts';
import type { Beacons } from './beacons/beacon-route.ts';
import { createRedirects } from './clicks/redirect.ts';
import type { Redirects } from './clicks/redirect.ts';
import type { TrackerOptions } from './tracker-options.ts';

/** What answers clicks and beacons, whichever way they come in. */
export interface TouchAnswers {
  readonly follow: Redirects;
  readonly take: Beacons;
}

export function createTouchAnswers(options: TrackerOptions): TouchAnswers {
  return { follow: createRedirects(options), take: createBeacons(options) };
}
