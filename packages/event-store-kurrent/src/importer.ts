import type { RecordedEvent } from '@provisie/event-store';
import { eventDifference, importConflict, preparedImport } from '@provisie/event-store/adapting';
import { serverEventOf } from './envelope.ts';
import type { ServerEvent } from './envelope.ts';
import type { EventReader } from './event-reader.ts';
import type { KnownStreams } from './known-streams.ts';
import type { RecordingClock } from './recording-clock.ts';
import type { StreamAppender } from './stream-appender.ts';
import { checkTypes } from './stream-names.ts';

const runLimits = { events: 1000, bytes: 524_288 } as const;

/** Takes over another store's log: stream by stream where its order lets it, each at its exact revision. */
export class Importer {
  readonly #reader: EventReader;
  readonly #known: KnownStreams;
  readonly #appender: StreamAppender;
  readonly #clock: RecordingClock;

  constructor(parts: {
    readonly reader: EventReader;
    readonly known: KnownStreams;
    readonly appender: StreamAppender;
    readonly clock: RecordingClock;
  }) {
    this.#reader = parts.reader;
    this.#known = parts.known;
    this.#appender = parts.appender;
    this.#clock = parts.clock;
  }

  /** Nothing of a batch is written when a place of it is taken by something else. */
  async import(events: readonly RecordedEvent[]): Promise<void> {
    const missing = await this.#missing(events);
    let latest = await this.#clock.latest();
    for (const event of missing) {
      if (event.recordedAt < latest) {
        throw importConflict(event, `it was recorded before the one that precedes it in the log`);
      }
      latest = event.recordedAt;
    }
    for (const run of runsOf(missing)) await this.#write(run);
  }

  /** What isn't there yet. Throws for a place that is taken, and for a revision that leaves one out. */
  async #missing(events: readonly RecordedEvent[]): Promise<readonly RecordedEvent[]> {
    const missing: RecordedEvent[] = [];
    for (const ofStream of byStream(events).values()) {
      const [first] = ofStream;
      if (first === undefined) continue;
      const { stream } = first;
      const last = (await this.#known.refresh(stream)).last ?? -1;
      const there = ofStream.filter(({ revision }) => revision <= last);
      await this.#compare(stream, there);
      for (const [index, event] of ofStream.slice(there.length).entries()) {
        if (event.revision !== last + 1 + index) {
          throw importConflict(
            event,
            `the revision that should follow there is ${last + 1 + index}`,
          );
        }
        missing.push(event);
      }
    }
    const isMissing = new Set(missing);
    return events.filter((event) => isMissing.has(event));
  }

  async #compare(stream: string, there: readonly RecordedEvent[]): Promise<void> {
    const from = there[0]?.revision;
    if (from === undefined) return;
    const count = (there.at(-1)?.revision ?? from) - from + 1;
    const stored = await this.#reader.streamPart(stream, { from, count });
    const byRevision = new Map(stored.events.map((event) => [event.revision, event]));
    for (const event of there) {
      const found = byRevision.get(event.revision);
      if (found === undefined) throw importConflict(event, `what stands there can't be read`);
      const field = eventDifference(found, event, { withPositions: false });
      if (field !== null) throw importConflict(event, `the event there has another ${field}`);
    }
  }

  async #write(run: readonly RecordedEvent[]): Promise<void> {
    const [first] = run;
    if (first === undefined) return;
    const known = this.#known.get(first.stream) ?? (await this.#known.refresh(first.stream));
    const { kind } = await this.#appender.write(first.stream, known, run.map(imported));
    if (kind === 'refused') throw importConflict(first, 'somebody else writes to the stream');
    for (const event of run) this.#clock.imported(event);
  }
}

function imported(event: RecordedEvent): ServerEvent {
  const prepared = preparedImport(event);
  checkTypes([prepared]);
  return serverEventOf(prepared, { recordedAt: event.recordedAt });
}

function byStream(events: readonly RecordedEvent[]): Map<string, RecordedEvent[]> {
  return Map.groupBy(events, ({ stream }) => stream);
}

/** Neighbours in the log of one stream, so that one append can carry them. */
function runsOf(events: readonly RecordedEvent[]): readonly (readonly RecordedEvent[])[] {
  const runs: RecordedEvent[][] = [];
  let bytes = 0;
  for (const event of events) {
    const run = runs.at(-1);
    const size = JSON.stringify(event.data).length + JSON.stringify(event.metadata).length;
    const isOfRun = run?.[0]?.stream === event.stream && run.length < runLimits.events;
    if (isOfRun && bytes + size <= runLimits.bytes) {
      run.push(event);
      bytes += size;
    } else {
      runs.push([event]);
      bytes = size;
    }
  }
  return runs;
}
