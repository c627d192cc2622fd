import type { RecordedEvent } from '@provisie/event-store';
import type { Recording } from './envelope.ts';
import type { EventReader } from './event-reader.ts';

/**
 * The server says when it recorded an event, by its own clock. A log that was imported may hold events that
 * a clock running ahead recorded: what is appended after them must not seem older.
 */
export class RecordingClock {
  readonly #reader: EventReader;
  #latest: number | null = null;

  constructor(reader: EventReader) {
    this.#reader = reader;
  }

  /** Of the last event in the log, when this process began to write. */
  async latest(): Promise<number> {
    this.#latest ??= (await this.#reader.last())?.recordedAt ?? 0;
    return this.#latest;
  }

  async recording(): Promise<Recording> {
    const latest = await this.latest();
    return latest > Date.now() ? { recordedNotBefore: latest } : {};
  }

  imported({ recordedAt }: RecordedEvent): void {
    this.#latest = Math.max(this.#latest ?? 0, recordedAt);
  }
}
