import type { Instant } from '@provisie/domain';
import type { CustomerKeys, IpHasher } from '@provisie/privacy/hashing';
import type { DropCounters } from './recording/drop-counters.ts';
import type { LinkDirectory } from './directory/link-directory.ts';
import type { TouchRecorder } from './recording/touch-recorder.ts';
import type { TrackerContext, TrackerRequest } from './tracker-context.ts';

/** All that the tracker needs from outside; nothing of it ties the app to Node. */
export interface TrackerOptions {
  readonly directory: LinkDirectory;
  readonly recorder: TouchRecorder;
  readonly counters: DropCounters;
  readonly ipHasher: IpHasher;
  readonly customerKeys: Pick<CustomerKeys, 'ofEmail'>;
  /** New touch ids, as `createEventIds` of the event store makes them: UUIDs in lower case that grow with time. */
  readonly ids: () => string;
  readonly now: () => Instant;
  /** False only where the tracker is served over plain HTTP, as in a demo. */
  readonly secureCookies: boolean;
  /** The visitor's IP address; null when it isn't known. It is hashed at once and never kept. */
  readonly clientAddress: (context: TrackerContext) => string | null;
  /** ISO 3166-1 alpha-2; null when it isn't known. See `countryFromHeader`. Default: never known. */
  readonly country?: (request: TrackerRequest) => string | null;
  /** Beacons that one address may send in a minute; default 600. */
  readonly beaconsPerMinute?: number;
  /** Default true; false on edge runtimes, which compress the snippet by themselves. */
  readonly compress?: boolean;
  /** What went wrong where the visitor mustn't notice; it holds no personal data. */
  readonly onError?: (error: unknown) => void;
}
