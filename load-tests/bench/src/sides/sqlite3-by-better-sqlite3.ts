import Database from 'better-sqlite3';

interface Ran {
  readonly changes: number;
}

/** Called with what ran as `this`, as `sqlite3` does it. */
type Ended = (this: Ran, error: Error | null) => void;
type Answered = (error: Error | null, answer?: unknown) => void;
type Value = string | number | bigint | null;

/**
 * As much of the package `sqlite3` as Emmett asks for, over better-sqlite3. The package itself compiles SQLite when
 * it is installed; this one is faster besides, because it needs no thread for each statement. Commits are
 * synced as `sqlite3` does it by default.
 */
class CallbackDatabase {
  readonly #database: Database.Database;
  readonly #statements = new Map<string, Database.Statement<Value[]>>();

  constructor(file: string) {
    this.#database = new Database(file);
    this.#database.pragma('synchronous = FULL');
  }

  run(text: string, values: readonly unknown[] | Ended = [], ended?: Ended): void {
    const isLast = typeof values === 'function';
    const given = isLast ? [] : bound(values);
    const tell = isLast ? values : ended;
    try {
      const statement = this.#prepared(text);
      const changes = statement.reader
        ? statement.all(...given).length
        : statement.run(...given).changes;
      tell?.call({ changes }, null);
    } catch (error) {
      tell?.call({ changes: 0 }, asSqlite3Tells(error));
    }
  }

  all(text: string, values: readonly unknown[], answered: Answered): void {
    this.#answer(answered, () => this.#prepared(text).all(...bound(values)));
  }

  get(text: string, values: readonly unknown[], answered: Answered): void {
    this.#answer(answered, () => this.#prepared(text).get(...bound(values)));
  }

  close(): void {
    this.#database.close();
  }

  #prepared(text: string): Database.Statement<Value[]> {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.#database.prepare<Value[]>(text);
    this.#statements.set(text, made);
    return made;
  }

  #answer(answered: Answered, work: () => unknown): void {
    try {
      answered(null, work());
    } catch (error) {
      answered(asSqlite3Tells(error));
    }
  }
}

/** With the number of a violated constraint, by which Emmett knows it. */
function asSqlite3Tells(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error));
  const isConstraint = 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT');
  return isConstraint ? Object.assign(error, { errno: 19 }) : error;
}

function bound(values: readonly unknown[]): Value[] {
  return values.map((value) => {
    if (value === null || value === undefined) return null;
    if (typeof value === 'boolean') return Number(value);
    if (typeof value === 'number' || typeof value === 'bigint') return value;
    // As the package does with all else; Emmett's default partition is such an object.
    return typeof value === 'string' ? value : Object.prototype.toString.call(value);
  });
}

export default { Database: CallbackDatabase, OPEN_URI: 0, OPEN_READWRITE: 0, OPEN_CREATE: 0 };
