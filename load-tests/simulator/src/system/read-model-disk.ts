import { mkdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { openSqliteReadModel, readModelFile, type SqliteReadModel } from '@provisie/read-model';
import type { Random } from '../machinery/random.ts';
import type { Caller } from './caller.ts';
import { cutBehind, filesOf, writeFiles, type FileBytes } from './disk.ts';

const NAME = basename(readModelFile(''));
const FILES = [NAME, `${NAME}-wal`];

/** The folder in which the read model's file lies, on a machine that can lose power. */
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

  get file(): string {
    return readModelFile(this.folder);
  }

  /** Opens it as a process does, which passes through gates around its transactions. */
  async open(caller: Caller): Promise<SqliteReadModel> {
    caller.mustLive();
    const opened = await openSqliteReadModel({ folder: this.folder });
    const { database } = opened;
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
    return opened;
  }

  /** The power fails: what wasn't synced may be lost. All that had it open have ended. */
  die(random: Random): () => void {
    const before = this.folder;
    const after = new Map(filesOf(before, FILES));
    const wal = after.get(`${NAME}-wal`);
    // A checkpoint syncs the write-ahead log; since the last one nothing did.
    const isMoved = this.#found.get(NAME)?.equals(after.get(NAME) ?? Buffer.alloc(0)) !== true;
    const synced = this.#found.get(`${NAME}-wal`)?.length ?? 0;
    if (wal !== undefined && !isMoved) after.set(`${NAME}-wal`, cutBehind(wal, synced, random));
    this.#lives += 1;
    mkdirSync(this.folder);
    writeFiles(this.folder, after);
    this.#found = after;
    return () => {
      rmSync(before, { recursive: true, force: true });
    };
  }
}

function failing(way: 'go' | 'fail'): void {
  if (way === 'fail') throw new Error('The simulated database of the read model failed.');
}
