import { createReadStream } from 'node:fs';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';

const LINE_END = 0x0a;

/**
 * The lines of a text as bytes, without their ends; text after the last end is a line too. Only `\n` ends one: Node's
 * `readline` also takes U+2028 and U+2029 for ends, which JSON holds as they are.
 */
export async function* linesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let open: Uint8Array[] = [];
  for await (const piece of pieces) {
    let from = 0;
    for (let end = piece.indexOf(LINE_END); end !== -1; end = piece.indexOf(LINE_END, from)) {
      yield open.length === 0
        ? piece.subarray(from, end)
        : Buffer.concat([...open, piece.subarray(from, end)]);
      open = [];
      from = end + 1;
    }
    if (from < piece.length) open.push(piece.subarray(from));
  }
  if (open.length > 0) yield Buffer.concat(open);
}

/** The same as text in UTF-8. */
export async function* textLinesOf(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  for await (const line of linesOf(pieces)) yield utf8.decode(line);
}

/** What isn't UTF-8 becomes U+FFFD, and a mark at the beginning is text like any other. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A file as it is read, in pieces. */
export function piecesOf(path: string): Readable {
  return createReadStream(path, { highWaterMark: 262_144 });
}

/** The content of gzip; fails as its source does. */
export function unpacked(source: Readable): Readable {
  // Whoever reads hears of a failure.
  return pipeline(source, createGunzip(), () => undefined);
}
