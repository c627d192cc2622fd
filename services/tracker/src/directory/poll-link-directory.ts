import { pause } from '@provisie/event-store';
import { createDirectoryPoller } from './directory-poller.ts';
import type { DirectoryPollerOptions } from './directory-poller.ts';
import type { DirectorySnapshot } from './directory-snapshot.ts';
import { keepDirectory } from './kept-directory.ts';
import type { DirectoryNews, KeptDirectory } from './kept-directory.ts';
import { createLinkDirectory } from './link-directory.ts';

export interface PollOptions extends Omit<DirectoryPollerOptions, 'directory'> {
  readonly signal: AbortSignal;
  readonly intervalMs: number;
  /** What the directory holds until the first answer. */
  readonly from: DirectorySnapshot | null;
  readonly onError: (error: unknown) => void;
  readonly onChange: () => void;
}

/** Keeps a directory as another process serves it, asking again and again. */
export function pollLinkDirectory(options: PollOptions): KeptDirectory {
  const { signal, intervalMs, from, onError, onChange } = options;
  const directory = createLinkDirectory();
  const poller = createDirectoryPoller({ ...options, directory });

  const poll = async (news: DirectoryNews) => {
    try {
      const answer = await poller.poll();
      news.current();
      if (answer === 'changed') news.changed();
    } catch (error) {
      onError(error);
    }
  };

  const keep = async (news: DirectoryNews) => {
    while (!signal.aborted) {
      await poll(news);
      await pause(intervalMs, signal);
    }
  };

  // Up to where of which log the directory is, only the other process knows.
  return keepDirectory({ directory, from, onChange, upTo: () => null, keep });
}
