import type Database from 'better-sqlite3';

/** A stream that this spool writes. */
export interface SpoolStream {
  readonly id: number;
  readonly name: string;
  /** Of the last event that was spooled for it, counted here; -1 when there was none. */
  spooled: number;
  /** Of the last event in the store, as far as is known here; -1 when there is none. */
  forwarded: number;
}

/** One a day, so all of them are kept, in the file and in memory. */
export class SpoolStreams {
  readonly #byName = new Map<string, SpoolStream>();
  readonly #byId = new Map<number, SpoolStream>();
  readonly #all: Database.Statement<[], SpoolStream>;
  readonly #insert: Database.Statement<[string]>;
  readonly #update: Database.Statement<[number, number, number]>;

  constructor(database: Database.Database) {
    this.#all = database.prepare('SELECT id, name, spooled, forwarded FROM streams');
    this.#insert = database.prepare(
      'INSERT INTO streams (name, spooled, forwarded) VALUES (?, -1, -1)',
    );
    this.#update = database.prepare('UPDATE streams SET spooled = ?, forwarded = ? WHERE id = ?');
    this.#all.all().forEach((stream) => this.#remember(stream));
  }

  byId(id: number): SpoolStream {
    const stream = this.#byId.get(id);
    if (stream === undefined) throw new Error(`The spool has no stream ${String(id)}.`);
    return stream;
  }

  byName(name: string): SpoolStream | undefined {
    return this.#byName.get(name);
  }

  getOrCreate(name: string): SpoolStream {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const id = Number(this.#insert.run(name).lastInsertRowid);
    return this.#remember({ id, name, spooled: -1, forwarded: -1 });
  }

  save({ id, spooled, forwarded }: SpoolStream): void {
    this.#update.run(spooled, forwarded, id);
  }

  /** After a transaction that was taken back: what was forwarded stays known all the same. */
  reload(): void {
    const forwarded = new Map(Array.from(this.#byId.values(), (one) => [one.id, one.forwarded]));
    this.#byId.clear();
    this.#byName.clear();
    for (const stream of this.#all.all()) {
      this.#remember({ ...stream, forwarded: forwarded.get(stream.id) ?? stream.forwarded });
    }
  }

  #remember(stream: SpoolStream): SpoolStream {
    this.#byName.set(stream.name, stream);
    this.#byId.set(stream.id, stream);
    return stream;
  }
}
