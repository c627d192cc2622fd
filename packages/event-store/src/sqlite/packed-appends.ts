import type { ExpectedRevision } from '../event-store.ts';
import type { PreparedAppend } from '../prepared-append.ts';
import type { PreparedEvent } from '../prepared-event.ts';

/**
 * Appends on their way to another thread: all their text in one piece, and all their numbers. As objects they would
 * take longer to copy than to write.
 */
export interface PackedAppends {
  readonly count: number;
  /** Of each append its stream; of each of its events the id, type, data and metadata. */
  readonly text: string;
  /**
   * Of each append the length of its stream, the kind of what it expects, that revision, and how many events it has;
   * of each of these the length of its type, version, occurredAt, and the lengths of its data and metadata.
   */
  readonly numbers: Float64Array<ArrayBuffer>;
}

const NUMBERS_PER_APPEND = 4;
const NUMBERS_PER_EVENT = 5;
const ID_LENGTH = 36;
const EXPECTS_ANY = 0;
const EXPECTS_NO_STREAM = 1;
const EXPECTS_REVISION = 2;
const WITHOUT_METADATA = -1;

/** How much text this append has, nearly: a piece of text can't have more than half a thousand million characters. */
export function charactersOf({ events }: PreparedAppend): number {
  return events.reduce((sum, { data, metadata }) => sum + data.length + (metadata?.length ?? 0), 0);
}

export function packedAppends(appends: readonly PreparedAppend[]): PackedAppends {
  const numbers = new Float64Array(numbersOf(appends));
  let text = '';
  let at = 0;
  for (const { stream, expected, events } of appends) {
    text += stream;
    numbers[at++] = stream.length;
    numbers[at++] = kindOf(expected);
    numbers[at++] = typeof expected === 'number' ? expected : 0;
    numbers[at++] = events.length;
    for (const { id, type, version, occurredAt, data, metadata } of events) {
      text += id + type + data;
      if (metadata !== null) text += metadata;
      numbers[at++] = type.length;
      numbers[at++] = version;
      numbers[at++] = occurredAt;
      numbers[at++] = data.length;
      numbers[at++] = metadata === null ? WITHOUT_METADATA : metadata.length;
    }
  }
  return { count: appends.length, text, numbers };
}

export function unpackedAppends({ count, text, numbers }: PackedAppends): PreparedAppend[] {
  let textAt = 0;
  let numberAt = 0;
  const nextText = (length: number) => text.slice(textAt, (textAt += length));
  const nextNumber = () => numbers[numberAt++] ?? 0;
  const nextEvent = (): PreparedEvent => {
    const id = nextText(ID_LENGTH);
    const type = nextText(nextNumber());
    const version = nextNumber();
    const occurredAt = nextNumber();
    const data = nextText(nextNumber());
    const metadataLength = nextNumber();
    const metadata = metadataLength === WITHOUT_METADATA ? null : nextText(metadataLength);
    return { id, type, version, occurredAt, data, metadata };
  };
  const nextAppend = (): PreparedAppend => {
    const stream = nextText(nextNumber());
    const expected = expectationOf(nextNumber(), nextNumber());
    return { stream, expected, events: listOf(nextNumber(), nextEvent) };
  };
  return listOf(count, nextAppend);
}

/** As `Array.from` makes it, which takes longer than what is made here. */
function listOf<Item>(length: number, next: () => Item): Item[] {
  const list: Item[] = [];
  while (list.length < length) list.push(next());
  return list;
}

function numbersOf(appends: readonly PreparedAppend[]): number {
  return appends.reduce(
    (sum, { events }) => sum + NUMBERS_PER_APPEND + NUMBERS_PER_EVENT * events.length,
    0,
  );
}

function kindOf(expected: ExpectedRevision): number {
  if (expected === 'any') return EXPECTS_ANY;
  return expected === 'no_stream' ? EXPECTS_NO_STREAM : EXPECTS_REVISION;
}

function expectationOf(kind: number, revision: number): ExpectedRevision {
  if (kind === EXPECTS_ANY) return 'any';
  return kind === EXPECTS_NO_STREAM ? 'no_stream' : revision;
}
