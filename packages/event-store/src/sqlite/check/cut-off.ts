import { closeSync, copyFileSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

const HEADER_BYTES = 100;

/**
 * How long a SQLite file should be by its header; null when it is that long, or has no such header. SQLite opens none that
 * was cut off. Source: https://www.sqlite.org/fileformat.html, 1.3
 */
export function lengthBeforeCutOff(file: string): number | null {
  const header = Buffer.alloc(HEADER_BYTES);
  const handle = openSync(file, 'r');
  try {
    readSync(handle, header, 0, HEADER_BYTES, 0);
  } finally {
    closeSync(handle);
  }
  if (header.toString('latin1', 0, 15) !== 'SQLite format 3') return null;
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28);
  const isValid = header.readUInt32BE(24) === header.readUInt32BE(92);
  const due = pages * pageBytes;
  return isValid && statSync(file).size < due ? due : null;
}

/** A copy with its length back: what is missing reads as damaged pages, the rest as it is. */
export function copyWithFullLength(file: string, to: string, bytes: number): void {
  copyFileSync(file, to);
  truncateSync(to, bytes);
}
