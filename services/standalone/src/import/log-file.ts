import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { textLinesOf, unpacked } from '../lines.ts';

/** A file that can't be read as what it should be; `message` says what to do. */
export class UnreadableFileError extends Error {
  override readonly name = 'UnreadableFileError';
}

export interface LogFile {
  /** On disk, compressed or not. */
  readonly bytesTotal: number;
  bytesRead(): number;
  lines(): AsyncIterable<string>;
}

/** Reads a log line by line, whatever its size; a name that ends in `.gz` is unpacked on the way. */
export async function openLogFile(file: string): Promise<LogFile> {
  const bytesTotal = await sizeOf(file);
  const source = createReadStream(file, { highWaterMark: 256 * 1024 });
  return {
    bytesTotal,
    bytesRead: () => source.bytesRead,
    lines: async function* () {
      try {
        yield* logLinesOf(file.endsWith('.gz') ? unpacked(source) : source);
      } catch (error) {
        throw named(file, error);
      } finally {
        source.destroy();
      }
    },
  };
}

/** Without their ends, `\n` or `\r\n`. */
async function* logLinesOf(source: Readable): AsyncIterable<string> {
  for await (const line of textLinesOf(source)) {
    yield line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    return found.size;
  } catch (error) {
    throw named(file, error);
  }
}

function named(file: string, error: unknown): Error {
  if (!(error instanceof Error)) return new UnreadableFileError(`${file} can't be read.`);
  const code = 'code' in error ? error.code : '';
  if (code === 'ENOENT') return new UnreadableFileError(`There is no file ${file}.`);
  if (code === 'EISDIR') return new UnreadableFileError(`${file} is a folder, not a log.`);
  if (code === 'Z_BUF_ERROR') {
    return new UnreadableFileError(`${file} ends too early: it is a part of a gzip file.`);
  }
  if (code === 'Z_DATA_ERROR') {
    return new UnreadableFileError(`${file} is no gzip file, in spite of its name.`);
  }
  return new UnreadableFileError(`${file} can't be read: ${error.message}`, { cause: error });
}
