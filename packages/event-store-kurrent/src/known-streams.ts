import type { RecordedEvent } from '@provisie/event-store';
import type { EventReader } from './event-reader.ts';
import { KnownStream } from './known-stream.ts';

export interface KnownStreamsOptions {
  /** Ids that are remembered of one stream: the last ones. */
  readonly idsOfStream: number;
  /** Ids that are remembered of all; beyond it the streams that were used longest ago are forgotten. */
  readonly idsOfAll: number;
}

/** What this process knows of the streams it writes to. */
export class KnownStreams {
  readonly #reader: EventReader;
  readonly #options: KnownStreamsOptions;
  /** Used last comes last. */
  readonly #streams = new Map<string, KnownStream>();
  #moment = 0;

  constructor(reader: EventReader, options: KnownStreamsOptions) {
    this.#reader = reader;
    this.#options = options;
  }

  /** A moment later than all before. */
  tick(): number {
    this.#moment += 1;
    return this.#moment;
  }

  get(stream: string): KnownStream | undefined {
    const known = this.#streams.get(stream);
    if (known === undefined) return undefined;
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    return known;
  }

  forget(stream: string): void {
    this.#streams.delete(stream);
  }

  /** Reads what is new of a known stream, or the end of an unknown one. */
  async refresh(stream: string): Promise<KnownStream> {
    const since = this.tick();
    const known = this.get(stream);
    if (known === undefined || known.last === null) return this.#load(stream, since);
    const { events } = await this.#reader.streamPart(stream, { from: known.last + 1 });
    known.extend(events);
    known.confirm(since);
    return known;
  }

  /** What a caller read of a stream, from its first event to its last. */
  learn(stream: string, events: readonly Pick<RecordedEvent, 'id' | 'revision'>[], since: number) {
    const known = this.get(stream);
    if (known !== undefined) known.extend(events);
    else if (events.length > 0) this.#make(stream, events, since);
  }

  async #load(stream: string, since: number): Promise<KnownStream> {
    const count = this.#options.idsOfStream;
    const { exists, events } = await this.#reader.streamPart(stream, { from: 'end', count });
    const known = this.#make(stream, events.toReversed(), since);
    // Retention hides all of it: only the server's answer to an append tells where it stands.
    if (exists && events.length === 0) known.isUncertain = true;
    return known;
  }

  #make(
    stream: string,
    events: readonly Pick<RecordedEvent, 'id' | 'revision'>[],
    since: number,
  ): KnownStream {
    const known = new KnownStream(null, since, this.#options.idsOfStream);
    known.extend(events);
    return this.#keep(stream, known);
  }

  #keep(stream: string, known: KnownStream): KnownStream {
    this.#streams.delete(stream);
    this.#streams.set(stream, known);
    let ids = 0;
    for (const { idCount } of this.#streams.values()) ids += idCount + 1;
    for (const [name, { idCount }] of this.#streams) {
      if (ids <= this.#options.idsOfAll || name === stream) break;
      this.#streams.delete(name);
      ids -= idCount + 1;
    }
    return known;
  }
}
