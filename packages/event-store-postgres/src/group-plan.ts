import type { AppendResult, ExpectedRevision } from '@provisie/event-store';
import type { PreparedAppend, PreparedEvent } from '@provisie/event-store/adapting';

/** What the log says about a group of appends, read while nobody else can append. */
export interface LogState {
  readonly head: number;
  /** Of what is written now. */
  readonly recordedAt: number;
  readonly lastStreamId: number;
  readonly lastCategoryId: number;
  /** Those of the group that exist. */
  readonly streams: ReadonlyMap<string, Omit<StreamRow, 'name'>>;
  readonly categories: ReadonlyMap<string, number>;
  /** Ids of the group that are in the log. */
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

/** `known`: some of its ids are in the log; if it is no repeat, it is this. */
export type PlannedOutcome =
  | { readonly kind: 'decided'; readonly result: AppendResult }
  | { readonly kind: 'known'; readonly otherwise: AppendResult };

export interface GroupPlan {
  /** One for each append of the group, in its order. */
  readonly outcomes: readonly PlannedOutcome[];
  readonly events: readonly EventRow[];
  /** Those that are new or got events, once each, as they are afterwards. */
  readonly streams: readonly StreamRow[];
  readonly newCategories: readonly { readonly id: number; readonly name: string }[];
}

/** Works out what a group of appends writes, one after the other. Nobody else may write until it is written. */
export function planGroup(group: readonly PreparedAppend[], state: LogState): GroupPlan {
  const draft = new Draft(state);
  const outcomes = group.map((append) => plan(append, draft));
  return { outcomes, ...draft.rows() };
}

function plan(append: PreparedAppend, draft: Draft): PlannedOutcome {
  const { stream, events, expected } = append;
  const revision = draft.revisionOf(stream);
  const conflict = { ok: false, reason: 'conflict', actualRevision: revision } as const;
  if (events.some(({ id }) => draft.isTaken(id))) return { kind: 'known', otherwise: conflict };
  if (!isExpected(expected, revision)) return { kind: 'decided', result: conflict };
  const last = events.length === 0 ? revision : draft.add(stream, events);
  return {
    kind: 'decided',
    result: { ok: true, revision: last, position: draft.head, repeated: false },
  };
}

function isExpected(expected: ExpectedRevision, revision: number | null): boolean {
  if (expected === 'any') return true;
  return expected === 'no_stream' ? revision === null : revision === expected;
}

/** The log as it will be. */
class Draft {
  head: number;
  readonly #state: LogState;
  readonly #newIds = new Set<string>();
  readonly #streams = new Map<string, StreamRow>();
  readonly #newCategories = new Map<string, number>();
  readonly #events: EventRow[] = [];
  #lastStreamId: number;

  constructor(state: LogState) {
    this.#state = state;
    this.head = state.head;
    this.#lastStreamId = state.lastStreamId;
  }

  isTaken(id: string): boolean {
    return this.#state.takenIds.has(id) || this.#newIds.has(id);
  }

  revisionOf(stream: string): number | null {
    const known = this.#streams.get(stream) ?? this.#state.streams.get(stream);
    return known?.revision ?? null;
  }

  /** Gives the revision of the last. */
  add(name: string, events: readonly PreparedEvent[]): number {
    const stream = this.#streams.get(name) ?? this.#existing(name) ?? this.#newStream(name);
    let { revision } = stream;
    const { recordedAt } = this.#state;
    for (const event of events) {
      revision += 1;
      this.head += 1;
      this.#newIds.add(event.id);
      this.#events.push({ position: this.head, stream, revision, recordedAt, event });
    }
    this.#streams.set(name, { ...stream, revision });
    return revision;
  }

  rows(): Omit<GroupPlan, 'outcomes'> {
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

/** The part of a stream's name before its first `-`, or all of it. */
export function categoryOf(stream: string): string {
  return stream.split('-', 1)[0] ?? stream;
}
