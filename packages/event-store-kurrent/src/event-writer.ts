import { EventStoreError } from '@provisie/event-store';
import type { AppendResult } from '@provisie/event-store';
import type { WaitingAppend } from './append-queue.ts';
import { serverEventOf } from './envelope.ts';
import type { Recording, ServerEvent } from './envelope.ts';
import type { EventReader } from './event-reader.ts';
import { failureOf } from './failure.ts';
import type { KnownStream } from './known-stream.ts';
import type { KnownStreams } from './known-streams.ts';
import type { RecordingClock } from './recording-clock.ts';
import type { StreamAppender, WriteAnswer } from './stream-appender.ts';
import { conflictAt, outcomeOfRepeat, verdictOf } from './verdict.ts';

/** What goes into one append on the server at most; the server itself takes a mebibyte by default. */
const groupLimits = { events: 4096, bytes: 524_288 } as const;

/** How often an append for any revision is tried again because others were faster. */
const MOST_RACES = 50;

interface Member {
  readonly waiting: WaitingAppend;
  readonly events: readonly ServerEvent[];
}

/** Settles the appends that wait for a stream, by what is known of it. */
export class EventWriter {
  readonly #reader: EventReader;
  readonly #known: KnownStreams;
  readonly #appender: StreamAppender;
  readonly #clock: RecordingClock;
  readonly #failure: (error: unknown, doing: string) => EventStoreError;

  constructor(parts: {
    readonly reader: EventReader;
    readonly known: KnownStreams;
    readonly appender: StreamAppender;
    readonly clock: RecordingClock;
    readonly failure: (error: unknown, doing: string) => EventStoreError;
  }) {
    this.#reader = parts.reader;
    this.#known = parts.known;
    this.#appender = parts.appender;
    this.#clock = parts.clock;
    this.#failure = parts.failure;
  }

  /** Settles the first, or a group that begins with it; gives how many. */
  async settleFirst(stream: string, line: readonly WaitingAppend[]): Promise<number> {
    const [first] = line;
    if (first === undefined) return 0;
    try {
      return await this.#settleFirst(stream, line, first);
    } catch (error) {
      // Whether it was written isn't known: the next append looks anew.
      this.#known.forget(stream);
      throw this.#failure(error, `appending to ${stream}`);
    }
  }

  async #settleFirst(
    stream: string,
    line: readonly WaitingAppend[],
    first: WaitingAppend,
  ): Promise<number> {
    for (let race = 0; race < MOST_RACES; race += 1) {
      const known = await this.#knownFor(stream, first);
      const write = crypto.randomUUID();
      const group = groupOf(line, known, { ...(await this.#clock.recording()), write });
      if (group.length === 0) {
        first.resolve(await this.#outcomeWithoutWriting(first, known));
        return 1;
      }
      const settled = await this.#write(stream, known, group, write);
      if (settled > 0) return settled;
    }
    throw new EventStoreError(
      'store_busy',
      `Others append to ${stream} all the time. Try again in a moment.`,
    );
  }

  /** Up to date where the append will not be written, because then nobody checks it afterwards. */
  async #knownFor(stream: string, { append, since }: WaitingAppend): Promise<KnownStream> {
    const known = this.#known.get(stream);
    if (known === undefined) return this.#known.refresh(stream);
    const willBeChecked =
      append.events.length > 0 && verdictOf(append, known, known.last, () => false) === 'write';
    return willBeChecked || known.isSince(since) ? known : this.#known.refresh(stream);
  }

  async #outcomeWithoutWriting(
    { append }: WaitingAppend,
    known: KnownStream,
  ): Promise<AppendResult> {
    const { events, expected } = append;
    if (events.length === 0) {
      const isMet =
        expected === 'any' || (expected === 'no_stream' ? null : expected) === known.last;
      if (!isMet) return conflictAt(known.last);
      const position = await this.#reader.head();
      return { ok: true, revision: known.last, position, repeated: false };
    }
    if (verdictOf(append, known, known.last, () => false) === 'conflict') {
      return conflictAt(known.last);
    }
    const outcome = await outcomeOfRepeat(append, known, this.#reader);
    if (outcome instanceof EventStoreError) throw outcome;
    return outcome;
  }

  /** Gives how many were settled: none when others were faster, so that all must be judged again. */
  async #write(
    stream: string,
    known: KnownStream,
    group: readonly Member[],
    write: string,
  ): Promise<number> {
    try {
      const answer = await this.#appender.write(
        stream,
        known,
        group.flatMap(({ events }) => events),
        expectedBy(group, known),
      );
      return await this.#acknowledge(stream, group, answer, write);
    } catch (error) {
      const isTooLarge = failureOf(error).kind === 'too_large';
      if (isTooLarge && group.length > 1)
        return this.#write(stream, known, group.slice(0, 1), write);
      if (!isTooLarge) this.#known.forget(stream);
      const failure = this.#failure(error, `appending to ${stream}`);
      for (const { waiting } of group) waiting.reject(failure);
      return group.length;
    }
  }

  /**
   * Looks what stands there, and answers if it is ours. The server takes an append for a repeat by its ids
   * alone, so its word is not enough: another process may have told the same facts in other words.
   */
  async #acknowledge(
    stream: string,
    group: readonly Member[],
    answer: WriteAnswer,
    write: string,
  ): Promise<number> {
    if (answer.kind === 'refused') return 0;
    let next = answer.firstRevision;
    const lastRevisions = group.map(({ events }) => (next += events.length) - 1);
    const places = await this.#reader.places(stream, lastRevisions[0] ?? 0, next - 1);
    const ours = lastRevisions.map((revision) => {
      const place = places.get(revision);
      return place?.write === write ? { revision, position: place.position } : null;
    });
    if (ours.includes(null)) {
      this.#known.forget(stream);
      return 0;
    }
    for (const [index, { waiting }] of group.entries()) {
      const place = ours[index];
      if (place) waiting.resolve({ ok: true, ...place, repeated: false });
    }
    return group.length;
  }
}

/** Of a stream of which nothing can be read, the append itself says what the server shall check. */
function expectedBy([first]: readonly Member[], { isUncertain, last }: KnownStream): number | null {
  const expected = first?.waiting.append.expected;
  return isUncertain && typeof expected === 'number' ? expected : last;
}

/** As many of the first appends as can be written together. */
function groupOf(
  line: readonly WaitingAppend[],
  known: KnownStream,
  recording: Recording,
): Member[] {
  const group: Member[] = [];
  const taken = new Set<string>();
  let last = known.last;
  let bytes = 0;
  for (const waiting of line) {
    const { append } = waiting;
    const isNext = verdictOf(append, known, last, (id) => taken.has(id)) === 'write';
    if (append.events.length === 0 || !isNext) break;
    const events = append.events.map((event) => serverEventOf(event, recording));
    for (const { data, metadata } of events) bytes += data.length + metadata.length;
    const isLarge = bytes > groupLimits.bytes || taken.size + events.length > groupLimits.events;
    if (group.length > 0 && (isLarge || known.isUncertain)) break;
    group.push({ waiting, events });
    for (const { id } of events) taken.add(id);
    last = (last ?? -1) + events.length;
  }
  return group;
}
