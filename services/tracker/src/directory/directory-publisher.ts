import { writeSnapshot } from './directory-snapshot.ts';
import type { DirectorySnapshot, SnapshotDocument } from './directory-snapshot.ts';

/** The directory as others get it. */
export interface DirectoryPublisher {
  /** As the directory stands now; null while it holds nothing that could be relied on. */
  document(): Promise<SnapshotDocument | null>;
  /** The text of it, gzipped: made once, however many ask. */
  gzipped(document: SnapshotDocument): Promise<Uint8Array<ArrayBuffer>>;
}

export interface PublishedDirectory {
  snapshot(): DirectorySnapshot | null;
  /** Another number after every change. */
  changes(): number;
}

export function createDirectoryPublisher(directory: PublishedDirectory): DirectoryPublisher {
  let made: { readonly of: number; readonly document: Promise<SnapshotDocument> } | null = null;
  const compressed = new WeakMap<SnapshotDocument, Promise<Uint8Array<ArrayBuffer>>>();
  return {
    async document() {
      const changes = directory.changes();
      if (made?.of !== changes) {
        const snapshot = directory.snapshot();
        if (snapshot === null) return null;
        made = { of: changes, document: writeSnapshot(snapshot) };
      }
      return made.document;
    },
    gzipped(document) {
      const known = compressed.get(document) ?? gzip(document.text);
      compressed.set(document, known);
      return known;
    },
  };
}

async function gzip(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
