import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEventStore, type SqliteEventStore } from '@provisie/event-store/sqlite';
import { filesOf, tornBetween, writeFiles, type FileBytes } from './disk.ts';
import type { Random } from '../machinery/random.ts';

const FILES = ['events.sqlite', 'events.sqlite-wal'];

/** From a start of the server to its end. */
export interface Life {
  readonly store: SqliteEventStore;
  readonly folder: string;
  /** It takes what reaches it, and answers nobody any more. */
  isDying: boolean;
}

/** The machine that holds the log: the real store on real files, which can die at any moment. */
export class StoreServer {
  readonly #root: string;
  readonly #now: () => number;
  #lives = 0;
  #life: Life | null = null;

  constructor(root: string, now: () => number) {
    this.#root = root;
    this.#now = now;
    mkdirSync(join(root, 'log-0'), { recursive: true });
    this.start();
  }

  /** Null while it is down. */
  get life(): Life | null {
    return this.#life;
  }

  get isUp(): boolean {
    return this.#life !== null;
  }

  /** Opens the files as they were left. `roomPages`: how much more fits on its disk. */
  start(roomBytes?: number): void {
    if (this.#life !== null) return;
    const folder = join(this.#root, `log-${String(this.#lives)}`);
    const file = join(folder, 'events.sqlite');
    const size = filesOf(folder, FILES).get('events.sqlite')?.length ?? 0;
    const store = openSqliteEventStore({
      file,
      clock: this.#now,
      ...(roomBytes === undefined ? {} : { maxFileBytes: size + roomBytes }),
    });
    this.#life = { store, folder, isDying: false };
  }

  /** What the disk holds now. */
  files(): FileBytes {
    return this.#life === null ? new Map() : filesOf(this.#life.folder, FILES);
  }

  /**
   * The power fails. `before`: what the disk held before the write that was under way, of which any part may have
   * reached the disk; null when none was.
   */
  async die(before: FileBytes | null, random: Random): Promise<void> {
    const life = this.#life;
    if (life === null) return;
    life.isDying = true;
    const after = filesOf(life.folder, FILES);
    const left = before === null ? after : tornBetween(before, after, 'events.sqlite', random);
    this.#lives += 1;
    this.#life = null;
    const next = join(this.#root, `log-${String(this.#lives)}`);
    mkdirSync(next);
    writeFiles(next, left);
    await life.store.close();
    rmSync(life.folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.#life?.store.close();
    this.#life = null;
  }
}
