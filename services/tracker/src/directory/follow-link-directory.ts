import type { EventStore, RecordedEvent } from '@provisie/event-store';
import { EventStoreError, pause, readFact } from '@provisie/event-store';
import type { DirectorySnapshot, LogMark } from './directory-snapshot.ts';
import { keepDirectory } from './kept-directory.ts';
import type { DirectoryNews, KeptDirectory } from './kept-directory.ts';
import { createLinkDirectory } from './link-directory.ts';
import type { LinkDirectory } from './link-directory.ts';

const CATEGORIES = ['link', 'programme'];
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5000;

export interface FollowOptions {
  /** Ends the following. */
  readonly signal: AbortSignal;
  /** What the directory holds until the log is read; the log is then read on from there, if it is the same log. */
  readonly from?: DirectorySnapshot | null;
  /** Hears of events that were skipped and of subscriptions that broke off and are begun again. */
  readonly onError?: (error: unknown) => void;
  /** Called after every change of the directory. */
  readonly onChange?: () => void;
}

type FollowedStore = Pick<EventStore, 'subscribe' | 'readStream'>;

/** Keeps a directory as the log tells it. A subscription that breaks off goes on after the last event taken in. */
export function followLinkDirectory(store: FollowedStore, options: FollowOptions): KeptDirectory {
  const { signal, from = null, onError = noop, onChange = noop } = options;
  const directory = createLinkDirectory();
  let shown: Filling = { directory, upTo: from?.upTo ?? null, isComplete: true };
  /** Another than `shown` while the log is read from its beginning behind a restored directory. */
  let filled: Filling | null = null;
  let position = 0;
  let failures = 0;

  const take = (filling: Filling, event: RecordedEvent, news: DirectoryNews) => {
    try {
      filling.directory.apply(readFact(event));
    } catch (error) {
      filling.isComplete = false;
      onError(error);
    }
    const { stream, revision, id } = event;
    filling.upTo = { stream, revision, position: event.position, id };
    if (filling === shown) news.changed();
  };

  const caughtUp = (filling: Filling, news: DirectoryNews) => {
    if (filling !== shown) {
      directory.restore(filling.directory.contents());
      filling.directory = directory;
      shown = filling;
      news.changed();
    }
    news.current();
  };

  const begin = async (): Promise<Filling> => {
    if (from === null) return shown;
    if (from.upTo !== null && (await isInLog(store, from.upTo))) {
      position = from.upTo.position;
      return shown;
    }
    return { directory: createLinkDirectory(), upTo: null, isComplete: true };
  };

  const followOnce = async (news: DirectoryNews) => {
    filled ??= await begin();
    for await (const batch of store.subscribe(position, { categories: CATEGORIES, signal })) {
      if (batch.kind === 'events') for (const event of batch.events) take(filled, event, news);
      else caughtUp(filled, news);
      position = batch.position;
      failures = 0;
    }
  };

  const keep = async (news: DirectoryNews) => {
    for (;;) {
      try {
        await followOnce(news);
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

  const upTo = () => (shown.isComplete ? shown.upTo : null);
  return keepDirectory({ directory, from, onChange, upTo, keep });
}

/** A directory with how far the log is in it. */
interface Filling {
  directory: LinkDirectory;
  upTo: LogMark | null;
  /** False: an event couldn't be read, and a newer version may be able to. */
  isComplete: boolean;
}

/**
 * Another log, or this one restored from a backup, has something else there: then its positions mean something
 * else, and reading on from one of them would leave events out.
 */
async function isInLog(store: FollowedStore, mark: LogMark): Promise<boolean> {
  const options = { fromRevision: mark.revision, limit: 1 };
  for await (const event of store.readStream(mark.stream, options)) {
    return event.id === mark.id && event.position === mark.position;
  }
  return false;
}

function noop(): void {}
