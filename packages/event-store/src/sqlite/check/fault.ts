export type FaultKind =
  /** Not a SQLite file, of another program, of a newer version, or never set up. */
  | 'no_event_store'
  /** SQLite's own `integrity_check`. */
  | 'integrity'
  | 'schema'
  /** Pages that can't be read. */
  | 'unreadable'
  | 'position'
  | 'recorded_at'
  | 'revision'
  | 'stream'
  | 'category'
  | 'id'
  | 'json'
  /** The domain can't read it: a type or version it doesn't know, or content that doesn't fit. */
  | 'event'
  /** Not the events that were backed up. */
  | 'chain';

export interface Fault {
  readonly kind: FaultKind;
  /** The first of its kind, in words: what is wrong, and where. */
  readonly first: string;
  readonly count: number;
}

/** Of every kind the first, and how many. */
export class Faults {
  readonly #found = new Map<FaultKind, { first: string; count: number }>();

  add(kind: FaultKind, description: string): void {
    const known = this.#found.get(kind);
    if (known === undefined) this.#found.set(kind, { first: description, count: 1 });
    else known.count += 1;
  }

  get list(): readonly Fault[] {
    return Array.from(this.#found, ([kind, { first, count }]) => ({ kind, first, count }));
  }
}
