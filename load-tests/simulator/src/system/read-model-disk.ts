import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  openSqliteReadModelHome,
  type OpenedReadModel,
  type ReadModelHome,
} from '@provisie/read-model';
import type { Random } from '../machinery/random.ts';
import type { Caller } from './caller.ts';
import { cutBehind, filesOf, writeFiles, type FileBytes } from './disk.ts';

/** The folder in which the read models lie, on a machine that can lose power. */
export class ReadModelDisk {
  readonly #root: string;
  #lives = 0;
  #found: FileBytes = new Map();

  constructor(root: string) {
    this.#root = root;
    mkdirSync(this.folder, { recursive: true });
  }

  get folder(): string {
    return join(this.#root, `read-model-${String(this.#lives)}`);
  }

  /** Opens it as a process does, which passes through gates around its transactions. */
  async open(caller: Caller, now: () => number): Promise<ReadModelHome> {
    caller.mustLive();
    const home = await openSqliteReadModelHome({ folder: this.folder, now });
    return {
      ...home,
      open: async (generation, mode) => {
        caller.mustLive();
        const opened = await home.open(generation, mode);
        if (mode === 'write') addGates(opened, caller);
        return opened;
      },
    };
  }

  /** The power fails: what wasn't synced may be lost. All that had it open have ended. */
  die(random: Random): void {
    const before = this.folder;
    const names = readdirSync(before).filter((name) => /\.sqlite(?:-wal)?$/.test(name));
    const after = new Map(filesOf(before, names));
    for (const name of names.filter((file) => /^read-model-v.*\.sqlite$/.test(file))) {
      this.#cut(name, after, random);
    }
    this.#lives += 1;
    mkdirSync(this.folder);
    writeFiles(this.folder, after);
    this.#found = after;
    rmSync(before, { recursive: true, force: true });
  }

  /** A checkpoint syncs the write-ahead log; since the last one nothing did. */
  #cut(name: string, after: Map<string, Buffer>, random: Random): void {
    const wal = after.get(`${name}-wal`);
    const isAsFound = this.#found.get(name)?.equals(after.get(name) ?? Buffer.alloc(0)) === true;
    if (wal === undefined || !isAsFound) return;
    const synced = this.#found.get(`${name}-wal`)?.length ?? 0;
    after.set(`${name}-wal`, cutBehind(wal, synced, random));
  }
}

function addGates({ database }: OpenedReadModel, caller: Caller): void {
  const run = database.transaction.bind(database);
  database.transaction = async (work) => {
    failing(await caller.pass('before_transaction'));
    const result = await run(async (session) => {
      const done = await work(session);
      failing(await caller.pass('before_commit'));
      return done;
    });
    await caller.pass('after_commit');
    return result;
  };
}

function failing(way: 'go' | 'fail'): void {
  // Told apart from what an event may cause by the code that SQLite gives.
  if (way === 'fail') throw Object.assign(new Error('disk I/O error'), { code: 'SQLITE_IOERR' });
}
