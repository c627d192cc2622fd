import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';

export interface FileHash {
  readonly bytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

export async function fileHash(file: string): Promise<FileHash> {
  const hash = createHash('sha256');
  let bytes = 0;
  const pieces: AsyncIterable<Uint8Array> = createReadStream(file, { highWaterMark: 1_048_576 });
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
  }
  return { bytes, sha256: hash.digest('hex') };
}
