/**
 * PostgreSQL's texts hold every character but U+0000, which an event may well contain. It is written as U+0001 and `0`,
 * and U+0001, to tell the two apart, as U+0001 and `1`: so texts keep their order, and equal ones stay equal.
 */
export function storedText(text: string): string {
  if (!text.includes(NUL) && !text.includes(ESCAPE)) return text;
  return text.replaceAll(ESCAPE, STORED_ESCAPE).replaceAll(NUL, STORED_NUL);
}

export function textOfStored(stored: string): string {
  if (!stored.includes(ESCAPE)) return stored;
  return stored.replaceAll(STORED_NUL, NUL).replaceAll(STORED_ESCAPE, ESCAPE);
}

const NUL = '\u0000';
const ESCAPE = '\u0001';
const STORED_NUL = `${ESCAPE}0`;
const STORED_ESCAPE = `${ESCAPE}1`;
