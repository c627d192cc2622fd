import type { PublishedDirectory } from './directory-publisher.ts';
import type { DirectorySnapshot, LogMark } from './directory-snapshot.ts';
import type { LinkDirectory } from './link-directory.ts';

/** `missing`: nothing is known yet. `restored`: as a snapshot had it. `current`: as its source has it. */
export type DirectoryState = 'missing' | 'restored' | 'current';

/** A directory that somebody brings up to date while others look links up in it. */
export interface KeptDirectory extends PublishedDirectory {
  readonly directory: LinkDirectory;
  state(): DirectoryState;
  /** Resolves when the directory is current for the first time; rejects when that never comes. */
  readonly ready: Promise<void>;
  /** Resolves when nobody brings it up to date any more. */
  readonly ended: Promise<void>;
}

/** What whoever brings a directory up to date tells of it. */
export interface DirectoryNews {
  changed(): void;
  current(): void;
}

interface Keeping {
  readonly directory: LinkDirectory;
  /** What the directory holds at first. */
  readonly from: DirectorySnapshot | null;
  readonly onChange: () => void;
  /** The last event that is in the directory, where that is known. */
  readonly upTo: () => LogMark | null;
  /** Brings the directory up to date until it is over. */
  readonly keep: (news: DirectoryNews) => Promise<void>;
}

export function keepDirectory({ directory, from, onChange, upTo, keep }: Keeping): KeptDirectory {
  const ready = Promise.withResolvers<undefined>();
  // Whoever doesn't wait for it must not be killed by an unhandled rejection.
  ready.promise.catch(() => undefined);
  if (from !== null) directory.restore(from);
  let state: DirectoryState = from === null ? 'missing' : 'restored';
  let changes = 0;
  const news: DirectoryNews = {
    changed() {
      changes += 1;
      onChange();
    },
    current() {
      state = 'current';
      ready.resolve(undefined);
    },
  };
  const ended = keep(news).finally(() => {
    ready.reject(new Error('The link directory stopped before it had caught up.'));
  });
  return {
    directory,
    ready: ready.promise,
    ended,
    state: () => state,
    changes: () => changes,
    snapshot: () => (state === 'missing' ? null : { upTo: upTo(), ...directory.contents() }),
  };
}
