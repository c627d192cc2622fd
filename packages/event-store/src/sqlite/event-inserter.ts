import type Database from 'better-sqlite3';
import { insertEvents, parametersPerEvent } from './insert-event.ts';
import type { InsertEvents, InsertParameters } from './insert-event.ts';

/** To a statement; more make no difference. */
const EVENTS_AT_ONCE = 8;

/** Inserts events several to a statement, which takes a fifth less than one by one. */
export class EventInserter {
  readonly #several: InsertEvents;
  readonly #one: InsertEvents;
  /** The parameters of one event behind those of the other. */
  #waiting: InsertParameters[number][] = [];
  #isIdTaken = false;

  constructor(database: Database.Database) {
    this.#several = insertEvents(database, EVENTS_AT_ONCE);
    this.#one = insertEvents(database, 1);
  }

  add(...event: InsertParameters): void {
    this.#waiting.push(...event);
    if (this.#waiting.length < EVENTS_AT_ONCE * parametersPerEvent) return;
    this.#insert(this.#several, this.#waiting, EVENTS_AT_ONCE);
    this.#waiting = [];
  }

  /** Inserts what waits. False: of the events since the last flush those are missing whose id is taken. */
  flush(): boolean {
    for (let at = 0; at < this.#waiting.length; at += parametersPerEvent) {
      this.#insert(this.#one, this.#waiting.slice(at, at + parametersPerEvent), 1);
    }
    const areAllThere = !this.#isIdTaken;
    this.clear();
    return areAllThere;
  }

  clear(): void {
    this.#waiting = [];
    this.#isIdTaken = false;
  }

  #insert(statement: InsertEvents, parameters: InsertParameters[number][], events: number): void {
    // One by one, because values from a list take longer to reach SQLite.
    if (statement.run(...parameters).changes < events) this.#isIdTaken = true;
  }
}
