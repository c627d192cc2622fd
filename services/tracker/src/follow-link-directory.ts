import type { EventStore, RecordedEvent } from '@provisie/event-store';
import { EventStoreError, readFact } from '@provisie/event-store';
import { createLinkDirectory } from './link-directory.ts';
import type { LinkDirectory } from './link-directory.ts';

const CATEGORIES = ['link', 'programme'];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

export interface FollowOptions {
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** Filled from the log; default a new one. */
  readonly directory?: LinkDirectory;
  /** Hears of events that were skipped and of subscriptions that broke off and are begun again. */
  readonly onError?: (error: unknown) => void;
}

export interface FollowedDirectory {
  readonly directory: LinkDirectory;
  /** Resolves when all that was in the log at the start is in the directory; rejects when that never comes. */
  readonly ready: Promise<void>;
  /** Resolves when the following has ended: the signal was aborted or the store closed. */
  readonly ended: Promise<void>;
}

/** Keeps a directory as the log tells it. A subscription that breaks off goes on after the last event taken in. */
export function followLinkDirectory(
  store: Pick<EventStore, 'subscribe'>,
  options: FollowOptions,
): FollowedDirectory {
  const { signal, directory = createLinkDirectory(), onError = () => undefined } = options;
  const ready = Promise.withResolvers<undefined>();
  // Whoever doesn't wait for it must not be killed by an unhandled rejection.
  ready.promise.catch(() => undefined);
  let position = 0;
  let failures = 0;

  const take = (event: RecordedEvent) => {
    try {
      directory.apply(readFact(event));
    } catch (error) {
      onError(error);
    }
  };

  const followOnce = async () => {
    for await (const batch of store.subscribe(position, { categories: CATEGORIES, signal })) {
      if (batch.kind === 'events') batch.events.forEach(take);
      else ready.resolve(undefined);
      position = batch.position;
      failures = 0;
    }
  };

  const follow = async () => {
    for (;;) {
      try {
        await followOnce();
        return;
      } catch (error) {
        if (signal.aborted) return;
        onError(error);
        if (error instanceof EventStoreError && error.code === 'store_closed') return;
        await pause(Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), signal);
        failures += 1;
      }
    }
  };

  const ended = follow().finally(() => {
    ready.reject(new Error('The link directory stopped before it had caught up.'));
  });
  return { directory, ready: ready.promise, ended };
}

/** Ends early when the signal is aborted. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    resolve(undefined);
  };
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener('abort', end);
  return promise;
}
