import type { JournalEntryTable } from './ledger-tables.ts';

/** Of the greatest position in base 36. */
const DIGITS = 11;

/**
 * The key of a journal entry: the position of the event that caused it, and which of that event's entries it is. In
 * the order of keys entries stand as in the log, and new ones at the end: behind ids in no order they would stand
 * anywhere.
 */
export function entryKey(position: number, which: string): string {
  return `${placeOf(position)}/${which}`;
}

/** Follows on the keys of all entries up to and including this position, and comes before those of the next. */
export function endOfEntries(position: number): string {
  return `${placeOf(position)}0`;
}

/** What an entry is called outside: by its cause's event id. */
export function entryIdOf({
  cause_event_id,
  entry,
}: Pick<JournalEntryTable, 'cause_event_id' | 'entry'>): string {
  return cause_event_id + entry.slice(DIGITS);
}

/** The key of an entry that an event at this position caused, by what it is called outside. */
export function entryOfId(position: number, entryId: string): string {
  return placeOf(position) + entryId.slice(entryId.indexOf('/'));
}

/** The key that the entry would have, had its cause come so many positions later. */
export function entryMoved(entry: string, positions: number): string {
  const position = Number.parseInt(entry.slice(0, DIGITS), 36);
  return placeOf(position + positions) + entry.slice(DIGITS);
}

function placeOf(position: number): string {
  return position.toString(36).padStart(DIGITS, '0');
}
