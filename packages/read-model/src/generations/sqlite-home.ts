import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { openSqliteLocks } from '../leadership/sqlite-locks.ts';
import type { LockTimes } from '../leadership/locks.ts';
import { openSqliteReadModel } from '../sqlite/sqlite-read-model.ts';
import { READABLE_VERSIONS, READ_MODEL_VERSION } from '../version.ts';
import { Catalogue, type CatalogueTables } from './catalogue.ts';
import type { Generation, GenerationName } from './generation.ts';
import { HandledRelay } from './handled-relay.ts';
import type { HomeOptions, ReadModelHome } from './read-model-home.ts';

export interface SqliteHomeOptions extends HomeOptions {
  /** Made when it isn't there. */
  readonly folder: string;
  readonly lockTimes?: LockTimes;
}

/** The catalogue's file. Without it, and the files beside it, everything is built from the log again. */
const CATALOGUE = 'read-models.sqlite';

/** A generation is a file of the folder; `read-models.sqlite` says which is live, and who leads. */
export async function openSqliteReadModelHome(options: SqliteHomeOptions): Promise<ReadModelHome> {
  const { folder, version = READ_MODEL_VERSION } = options;
  mkdirSync(folder, { recursive: true });
  const catalogue = await openCatalogue(folder, options.now ?? Date.now);
  const locks = openSqliteLocks(join(folder, CATALOGUE), options.lockTimes);
  const relay = new HandledRelay();
  return {
    version,
    readableVersions: options.readableVersions ?? READABLE_VERSIONS,
    catalogue,
    locks,
    where: folder,
    generations: () => generationsIn(folder, catalogue),
    open: async (generation, mode) => {
      const file = fileOf(folder, generation);
      return relay.add(
        generation,
        mode,
        await openSqliteReadModel({ file, readOnly: mode === 'read' }),
      );
    },
    remove: async (generation) => {
      await catalogue.markRemoved(generation);
      for (const end of ['', '-wal', '-shm', '-journal']) {
        rmSync(`${fileOf(folder, generation)}${end}`, { force: true });
      }
    },
    close: async () => {
      await locks.close();
      await catalogue.close();
    },
  };
}

/** The first build keeps the name that a version's only file had before there were builds. */
function fileOf(folder: string, { version, build }: GenerationName): string {
  const suffix = build === 1 ? '' : `-b${build}`;
  return join(folder, `read-model-v${version}${suffix}.sqlite`);
}

async function openCatalogue(folder: string, now: () => number): Promise<Catalogue> {
  const database = new Database(join(folder, CATALOGUE), { timeout: 1000 });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  const db = new Kysely<CatalogueTables>({ dialect: new SqliteDialect({ database }) });
  await Catalogue.makeTables(db);
  const catalogue = Catalogue.of(db, now);
  const known = new Set((await catalogue.all()).map((generation) => generation.version));
  for (const name of readdirSync(folder)) {
    const version = Number(/^read-model-v(\d{1,9})\.sqlite$/.exec(name)?.[1] ?? 0);
    if (version > 0 && !known.has(version)) await catalogue.adopt(version);
  }
  return catalogue;
}

/** A file may be deleted at any time: then its generation is gone. */
async function generationsIn(folder: string, catalogue: Catalogue): Promise<Generation[]> {
  const there: Generation[] = [];
  for (const generation of await catalogue.all()) {
    if (generation.state === 'removed') continue;
    // A build has a row before it has a file.
    if (generation.state === 'building' || existsSync(fileOf(folder, generation))) {
      there.push(generation);
    } else await catalogue.markRemoved(generation);
  }
  return there;
}
