import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openSpool, type Spool } from '@provisie/spool';
import type { Random } from '../machinery/random.ts';
import type { Caller } from './caller.ts';
import { filesOf, tornBetween, writeFiles, type FileBytes } from './disk.ts';

const FILES = ['spool.sqlite', 'spool.sqlite-wal'];

/** The folder of a tracker node's spool, as each of its processes finds it. */
export class SpoolDisk {
  readonly #root: string;
  #lives = 0;
  #left: FileBytes = new Map();

  constructor(root: string) {
    this.#root = root;
    this.#makeFolder();
  }

  /** What the disk holds now. */
  files(): FileBytes {
    return filesOf(this.#folder, FILES);
  }

  open(caller: Caller, now: () => number): Spool {
    const spool = openSpool({ file: join(this.#folder, 'spool.sqlite'), now });
    return {
      incarnation: spool.incarnation,
      damagedFile: spool.damagedFile,
      outbox: spool.outbox,
      status: () => spool.status(),
      close: () => spool.close(),
      append: async (stream, events, expected) => {
        await caller.pass('before_spool', stream);
        const result = await spool.append(stream, events, expected);
        caller.mustNotBeDying();
        await caller.pass('after_spool', stream);
        return result;
      },
    };
  }

  /** The process ends; `before`: what the disk held before the write under way, of which any part was done. */
  die(before: FileBytes | null, random: Random): void {
    const after = this.files();
    this.#left = before === null ? after : tornBetween(before, after, 'spool.sqlite', random);
    const folder = this.#folder;
    this.#lives += 1;
    this.#makeFolder();
    this.#dead.push(folder);
  }

  readonly #dead: string[] = [];

  /** What the dead left is of no use any more. */
  bury(): void {
    for (const folder of this.#dead.splice(0)) rmSync(folder, { recursive: true, force: true });
  }

  get #folder(): string {
    return join(this.#root, String(this.#lives));
  }

  #makeFolder(): void {
    mkdirSync(this.#folder, { recursive: true });
    writeFiles(this.#folder, this.#left);
  }
}
