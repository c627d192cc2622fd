import type Database from 'better-sqlite3';

export interface StreamState {
  readonly id: number;
  readonly categoryId: number;
  /** Of its last event; -1 when it has none, because the append it was made for was refused. */
  readonly revision: number;
}

interface Remembered {
  id: number;
  categoryId: number;
  revision: number;
}

/** As many streams as the tracker and the busiest orders of an hour touch. */
const REMEMBERED_STREAMS = 10_000;

/** The streams' last revisions, as the current transaction sees them. */
export class StreamRevisions {
  readonly #remembered = new Map<string, Remembered>();
  readonly #changed = new Set<Remembered>();
  readonly #find: Database.Statement<[string], Remembered>;
  readonly #create: Database.Statement<[string, number]>;
  readonly #update: Database.Statement<[number, number]>;
  readonly #findCategory: Database.Statement<[string], number>;
  readonly #createCategory: Database.Statement<[string]>;

  constructor(database: Database.Database) {
    this.#find = database.prepare(
      'SELECT id, category_id AS categoryId, revision FROM streams WHERE name = ?',
    );
    this.#create = database.prepare(
      'INSERT INTO streams (name, category_id, revision) VALUES (?, ?, -1)',
    );
    this.#update = database.prepare('UPDATE streams SET revision = ? WHERE id = ?');
    this.#findCategory = database
      .prepare<[string], number>('SELECT id FROM categories WHERE name = ?')
      .pluck();
    this.#createCategory = database.prepare('INSERT INTO categories (name) VALUES (?)');
  }

  get(stream: string): StreamState | null {
    return this.#get(stream) ?? null;
  }

  getOrCreate(stream: string): StreamState {
    const known = this.#get(stream);
    if (known !== undefined) return known;
    const categoryId = this.#categoryIdOf(stream);
    const id = Number(this.#create.run(stream, categoryId).lastInsertRowid);
    return this.#remember(stream, { id, categoryId, revision: -1 });
  }

  advance(stream: string, revision: number): void {
    const state = this.#get(stream);
    if (state === undefined) throw new Error(`The stream ${stream} was never made.`);
    state.revision = revision;
    this.#changed.add(state);
  }

  /** Writes what changed: once per stream, however many appends it got in this transaction. */
  save(): void {
    for (const { id, revision } of this.#changed) this.#update.run(revision, id);
    this.#changed.clear();
    if (this.#remembered.size > REMEMBERED_STREAMS) this.#remembered.clear();
  }

  forget(): void {
    this.#remembered.clear();
    this.#changed.clear();
  }

  #get(stream: string): Remembered | undefined {
    const known = this.#remembered.get(stream);
    if (known !== undefined) return known;
    const found = this.#find.get(stream);
    return found === undefined ? undefined : this.#remember(stream, found);
  }

  #remember(stream: string, state: Remembered): Remembered {
    this.#remembered.set(stream, state);
    return state;
  }

  #categoryIdOf(stream: string): number {
    const category = stream.split('-', 1)[0] ?? stream;
    return (
      this.#findCategory.get(category) ?? Number(this.#createCategory.run(category).lastInsertRowid)
    );
  }
}
