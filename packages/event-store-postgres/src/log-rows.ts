import type { PreparedEvent } from '@provisie/event-store/adapting';

/** What the log says about some appends, read while nobody else can append. */
export interface LogState {
  readonly head: number;
  /** Of what is appended now. */
  readonly recordedAt: number;
  /** Of the last event; null without one. */
  readonly lastRecordedAt: number | null;
  readonly lastStreamId: number;
  readonly lastCategoryId: number;
  /** Those of the appends that exist. */
  readonly streams: ReadonlyMap<string, Omit<StreamRow, 'name'>>;
  readonly categories: ReadonlyMap<string, number>;
  /** Ids of the appends that are in the log. */
  readonly takenIds: ReadonlySet<string>;
}

export interface StreamRow {
  readonly id: number;
  readonly name: string;
  readonly categoryId: number;
  /** Of its last event. */
  readonly revision: number;
}

export interface EventRow {
  readonly position: number;
  readonly stream: Pick<StreamRow, 'id' | 'categoryId'>;
  readonly revision: number;
  readonly recordedAt: number;
  readonly event: PreparedEvent;
}

export interface NewRows {
  readonly events: readonly EventRow[];
  /** Those that are new or got events, once each, as they are afterwards. */
  readonly streams: readonly StreamRow[];
  readonly newCategories: readonly { readonly id: number; readonly name: string }[];
}

/** The part of a stream's name before its first `-`, or all of it. */
export function categoryOf(stream: string): string {
  return stream.split('-', 1)[0] ?? stream;
}

/** The log as it will be when the rows are written. */
export class LogDraft {
  readonly #state: LogState;
  readonly #newIds = new Set<string>();
  readonly #streams = new Map<string, StreamRow>();
  readonly #newCategories = new Map<string, number>();
  readonly #events: EventRow[] = [];
  #head: number;
  #lastStreamId: number;

  constructor(state: LogState) {
    this.#state = state;
    this.#head = state.head;
    this.#lastStreamId = state.lastStreamId;
  }

  get head(): number {
    return this.#head;
  }

  isTaken(id: string): boolean {
    return this.#state.takenIds.has(id) || this.#newIds.has(id);
  }

  /** Null when it doesn't exist. */
  revisionOf(stream: string): number | null {
    const known = this.#streams.get(stream) ?? this.#state.streams.get(stream);
    return known?.revision ?? null;
  }

  /** At the end of its stream. */
  add(name: string, event: PreparedEvent, position: number, recordedAt: number): void {
    const stream = this.#streams.get(name) ?? this.#existing(name) ?? this.#newStream(name);
    const revision = stream.revision + 1;
    this.#events.push({ position, stream, revision, recordedAt, event });
    this.#streams.set(name, { ...stream, revision });
    this.#newIds.add(event.id);
    this.#head = position;
  }

  rows(): NewRows {
    return {
      events: this.#events,
      streams: [...this.#streams.values()],
      newCategories: [...this.#newCategories].map(([name, id]) => ({ id, name })),
    };
  }

  #existing(name: string): StreamRow | undefined {
    const known = this.#state.streams.get(name);
    return known === undefined ? undefined : { ...known, name };
  }

  #newStream(name: string): StreamRow {
    this.#lastStreamId += 1;
    const categoryId = this.#categoryIdOf(categoryOf(name));
    return { id: this.#lastStreamId, name, categoryId, revision: -1 };
  }

  #categoryIdOf(category: string): number {
    const known = this.#state.categories.get(category) ?? this.#newCategories.get(category);
    if (known !== undefined) return known;
    const id = this.#state.lastCategoryId + this.#newCategories.size + 1;
    this.#newCategories.set(category, id);
    return id;
  }
}
