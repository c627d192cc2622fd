import type { Session } from '../database/session.ts';
import { together } from '../database/writes-under-way.ts';

/** How things are found under keys. */
export interface Finding<Found> {
  readonly keyOf: (found: Found) => string;
  /** What tells apart the things under one key. */
  readonly idOf: (found: Found) => string | number;
  /** What the tables hold under these keys, of what happened up to `until`: one statement for all of them. */
  readonly read: (
    session: Session,
    keys: readonly string[],
    until: number,
  ) => Promise<readonly Found[]>;
}

/**
 * What a batch looks up, read many keys at a time. A look-up answers at once; what nobody asked for before is missed,
 * answered with nothing, and read before the question is put again. So who asks says in one place, and without waiting,
 * what it needs, and a thousand that ask take as many statements as one.
 */
export class Lookups {
  readonly #session: Session;
  readonly #lookups: Forgetting[] = [];
  #misses = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  of<Found>(finding: Finding<Found>): Lookup<Found> {
    const lookup = new Lookup(finding, () => {
      this.#misses += 1;
    });
    this.#lookups.push(lookup);
    return lookup;
  }

  /** What `look` finds when nothing is missing. It is asked again until then, and must change nothing. */
  async find<Found>(look: () => Found): Promise<Found> {
    for (;;) {
      const attempt = this.attempt(look);
      if (attempt !== null) return attempt.found;
      await this.#read();
    }
  }

  /** What `look` finds; null when something is missing, which whoever is asking now will then have read. */
  attempt<Found>(look: () => Found): { readonly found: Found } | null {
    const missesBefore = this.#misses;
    const found = look();
    return this.#misses === missesBefore ? { found } : null;
  }

  /** As `find`, for each of these; what one misses is read together with what the others do. */
  async findEach<Key, Found>(
    keys: readonly Key[],
    look: (key: Key) => Found,
  ): Promise<ReadonlyMap<Key, Found>> {
    const found = new Map<Key, Found>();
    let missing = keys;
    while (missing.length > 0) {
      missing = missing.filter((key) => {
        const attempt = this.attempt(() => look(key));
        if (attempt !== null) found.set(key, attempt.found);
        return attempt === null;
      });
      if (missing.length > 0) await this.#read();
    }
    return found;
  }

  async #read(): Promise<void> {
    await together(...this.#lookups.map((lookup) => lookup.readMissed(this.#session)));
  }

  /** Forgets everything: when what was added is in the tables. */
  forget(): void {
    for (const lookup of this.#lookups) lookup.forget();
  }
}

interface Forgetting {
  readMissed(session: Session): Promise<void>;
  forget(): void;
}

/** What is found under the keys of one kind. */
export class Lookup<Found> implements Forgetting {
  readonly #finding: Finding<Found>;
  readonly #onMiss: () => void;
  readonly #groups = new Map<string, Group<Found>>();
  #missed: string[] = [];
  /** The farthest that was missed. */
  #until = NOT_READ;

  constructor(finding: Finding<Found>, onMiss: () => void) {
    this.#finding = finding;
    this.#onMiss = onMiss;
  }

  /** What happened up to `until`, where that limits what is read; there may be later things among it. */
  of(key: string, until = 0): Iterable<Found> {
    const group = this.#groups.get(key);
    if (group === undefined || group.readUntil < until) {
      this.#miss(key, until);
      return [];
    }
    return group.found.values();
  }

  /** For keys with one thing at most. */
  oneOf(key: string): Found | undefined {
    for (const found of this.of(key)) return found;
    return undefined;
  }

  #miss(key: string, until: number): void {
    this.#missed.push(key);
    if (until > this.#until) this.#until = until;
    this.#onMiss();
  }

  /** What is known under the key and id of this one, whether or not the others under the key are. */
  knownAs(found: Found): Found | undefined {
    const { keyOf, idOf } = this.#finding;
    return this.#groups.get(keyOf(found))?.found.get(idOf(found));
  }

  /** Adds what the tables don't hold yet, or hold otherwise. */
  put(found: Found): void {
    const key = this.#finding.keyOf(found);
    let group = this.#groups.get(key);
    if (group === undefined) {
      group = { readUntil: NOT_READ, found: new Map() };
      this.#groups.set(key, group);
    }
    group.found.set(this.#finding.idOf(found), found);
  }

  /** Takes away what was found before. */
  drop(found: Found): void {
    this.#groups.get(this.#finding.keyOf(found))?.found.delete(this.#finding.idOf(found));
  }

  async readMissed(session: Session): Promise<void> {
    const keys = new Set(this.#missed);
    if (keys.size === 0) return;
    const until = this.#until;
    [this.#missed, this.#until] = [[], NOT_READ];
    const { read } = this.#finding;
    this.learn(keys, await read(session, [...keys], until), until);
  }

  /** Takes in what the tables hold under these keys. */
  learn(keys: Iterable<string>, rows: readonly Found[], until = 0): void {
    const { keyOf, idOf } = this.#finding;
    const added = new Map<string, ReadonlyMap<string | number, Found>>();
    for (const key of keys) {
      added.set(key, this.#groups.get(key)?.found ?? new Map());
      this.#groups.set(key, { readUntil: until, found: new Map() });
    }
    for (const row of rows) this.#groups.get(keyOf(row))?.found.set(idOf(row), row);
    for (const later of added.values()) for (const found of later.values()) this.put(found);
  }

  forget(): void {
    this.#groups.clear();
    [this.#missed, this.#until] = [[], NOT_READ];
  }
}

const NOT_READ = -1;

interface Group<Found> {
  /** Up to when what happened was read. */
  readonly readUntil: number;
  readonly found: Map<string | number, Found>;
}
