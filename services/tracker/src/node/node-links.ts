import { join } from 'node:path';
import { keepDirectoryFile, readDirectoryFile } from '../directory/directory-file.ts';
import type { KeptDirectoryFile } from '../directory/directory-file.ts';
import { createDirectoryPublisher } from '../directory/directory-publisher.ts';
import type { DirectoryPublisher } from '../directory/directory-publisher.ts';
import { followLinkDirectory } from '../directory/follow-link-directory.ts';
import type { KeptDirectory } from '../directory/kept-directory.ts';
import { pollLinkDirectory } from '../directory/poll-link-directory.ts';
import type { PartErrors } from './error-log.ts';
import type { LateStore } from './late-store.ts';
import type { NodeConfig } from './node-config.ts';

/** A node's links: as the log or another node has them, and on its disk, for a start without either. */
export interface NodeLinks {
  readonly links: KeptDirectory;
  readonly publisher: DirectoryPublisher;
  readonly file: KeptDirectoryFile;
}

/** A file that can't be used is told of, and written anew. `signal` ends what keeps the links up to date. */
export async function openLinks(
  { dataFolder, directoryUrl: url, directoryToken: token, refreshMs }: NodeConfig,
  store: LateStore,
  signal: AbortSignal,
  onError: PartErrors,
): Promise<NodeLinks> {
  const path = join(dataFolder, 'links.json');
  const from = await readDirectoryFile(path).catch((error: unknown) => {
    onError('links file')(error);
    return null;
  });
  let file: KeptDirectoryFile | null = null;
  const options = { from, signal, onError: onError('links'), onChange: () => file?.changed() };
  const links =
    url === null
      ? followLinkDirectory(store, options)
      : pollLinkDirectory({ ...options, url, token: token ?? '', intervalMs: refreshMs });
  const publisher = createDirectoryPublisher(links);
  file = keepDirectoryFile({ file: path, publisher, onError: onError('links file') });
  void links.ready.then(
    () => file.changed(),
    () => undefined,
  );
  return { links, publisher, file };
}
