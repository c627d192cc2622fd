import type { FollowedDirectory } from './follow-link-directory.ts';
import { createLinkDirectory } from './link-directory.ts';
import { pause } from '@provisie/event-store';
import { createDirectoryPoller } from './directory-poller.ts';
import type { DirectoryPollerOptions } from './directory-poller.ts';
import type { DirectorySnapshot } from './directory-snapshot.ts';

export interface PollOptions extends Omit<DirectoryPollerOptions, 'directory'> {
  readonly signal: AbortSignal;
  readonly intervalMs: number;
  /** What the directory holds until the first answer. */
  readonly from?: DirectorySnapshot | null;
  readonly onError?: (error: unknown) => void;
  readonly onChange?: () => void;
}

/** Keeps a directory as another process serves it, asking again and again. */
export function pollLinkDirectory(options: PollOptions): FollowedDirectory {
  const { signal, intervalMs, from = null } = options;
  const { onError = () => undefined, onChange = () => undefined } = options;
  const directory = createLinkDirectory();
  const poller = createDirectoryPoller({ ...options, directory });
  const ready = Promise.withResolvers<undefined>();
  ready.promise.catch(() => undefined);
  if (from !== null) directory.restore(from);
  let state: ReturnType<FollowedDirectory['state']> = from === null ? 'missing' : 'restored';
  let changes = 0;

  const poll = async () => {
    try {
      const answer = await poller.poll();
      state = 'current';
      ready.resolve(undefined);
      if (answer === 'unchanged') return;
      changes += 1;
      onChange();
    } catch (error) {
      onError(error);
    }
  };

  const polling = async () => {
    while (!signal.aborted) {
      await poll();
      await pause(intervalMs, signal);
    }
  };

  const ended = polling().finally(() => {
    ready.reject(new Error('The link directory was never heard of.'));
  });
  return {
    directory,
    ready: ready.promise,
    ended,
    state: () => state,
    changes: () => changes,
    // Whose log it is and up to where only the other process knows.
    snapshot: () => (state === 'missing' ? null : { upTo: null, ...directory.contents() }),
  };
}
