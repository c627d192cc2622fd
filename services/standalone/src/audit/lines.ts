import { createReadStream } from 'node:fs';

const LINE_END = 0x0a;

/** The lines of a file as bytes, without their ends; text after the last end is a line too. */
export async function* linesOf(path: string): AsyncGenerator<Uint8Array> {
  let open: Uint8Array[] = [];
  const pieces: AsyncIterable<Uint8Array> = createReadStream(path, { highWaterMark: 262_144 });
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
