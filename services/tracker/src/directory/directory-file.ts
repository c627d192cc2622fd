import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DirectoryPublisher } from './directory-publisher.ts';
import { readSnapshot } from './directory-snapshot.ts';
import type { DirectorySnapshot } from './directory-snapshot.ts';

/** Null: there is none. Rejects with `SnapshotError` when it can't be used. */
export async function readDirectoryFile(file: string): Promise<DirectorySnapshot | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  return readSnapshot(text);
}

/** Either the old content or the new one, whenever the machine stops. */
async function writeDirectoryFile(file: string, text: string): Promise<void> {
  const draft = `${file}.new`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

export interface KeptDirectoryFile {
  /** Call it after every change. */
  changed(): void;
  /** Writes what has changed since the last time. */
  close(): Promise<void>;
}

export interface KeepDirectoryFileOptions {
  readonly file: string;
  readonly publisher: DirectoryPublisher;
  /** Many changes share one writing; default 2,000, and longer where writing takes long. */
  readonly waitMs?: number;
  readonly onError?: (error: unknown) => void;
}

/** Making a hundred thousand links' text holds up clicks for a moment: at most 2 % of the time. */
const REST = 50;

/** Keeps the file as the directory is, some seconds behind. */
export function keepDirectoryFile(options: KeepDirectoryFileOptions): KeptDirectoryFile {
  const { file, publisher, waitMs = 2000, onError = () => undefined } = options;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let written: string | null = null;
  let tookMs = 0;

  const write = async () => {
    const begunAt = performance.now();
    try {
      const document = await publisher.document();
      if (document === null || document.etag === written) return;
      await writeDirectoryFile(file, document.text);
      written = document.etag;
      tookMs = performance.now() - begunAt;
    } catch (error) {
      onError(error);
    }
  };
  const writeNow = () => {
    clearTimeout(timer);
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };

  return {
    changed() {
      timer ??= setTimeout(() => void writeNow(), Math.max(waitMs, tookMs * REST));
    },
    close: writeNow,
  };
}
