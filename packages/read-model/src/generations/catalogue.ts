import { sql, type Kysely, type Selectable } from 'kysely';
import type {
  BuildProgress,
  BuildPurpose,
  Generation,
  GenerationName,
  GenerationState,
} from './generation.ts';

export interface GenerationTable {
  version: number;
  build: number;
  state: string;
  purpose: string;
  handled: number;
  total: number;
  seconds_left: number | null;
  since: number;
}

export interface CatalogueTables {
  generations: GenerationTable;
}

/** Which generations there are, and how each stands. Every change is one transaction. */
export class Catalogue {
  readonly #db: Kysely<CatalogueTables>;
  readonly #now: () => number;

  private constructor(db: Kysely<CatalogueTables>, now: () => number) {
    this.#db = db;
    this.#now = now;
  }

  /** `makeTables` was called before. */
  static of(db: Kysely<CatalogueTables>, now: () => number): Catalogue {
    return new Catalogue(db, now);
  }

  /** Makes the table when it isn't there. */
  static async makeTables(db: Kysely<CatalogueTables>): Promise<void> {
    await db.schema
      .createTable('generations')
      .ifNotExists()
      .addColumn('version', 'bigint', (column) => column.notNull())
      .addColumn('build', 'bigint', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('purpose', 'text', (column) => column.notNull())
      .addColumn('handled', 'bigint', (column) => column.notNull())
      .addColumn('total', 'bigint', (column) => column.notNull())
      .addColumn('seconds_left', 'bigint')
      .addColumn('since', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('generations_key', ['version', 'build'])
      .execute();
    await db.schema
      .createIndex('one_live_generation')
      .ifNotExists()
      .unique()
      .on('generations')
      .column('version')
      .where(sql.ref('state'), '=', sql.lit('live'))
      .execute();
  }

  /** By version and build, those removed too. */
  async all(): Promise<readonly Generation[]> {
    const rows = await this.#db
      .selectFrom('generations')
      .selectAll()
      .orderBy('version')
      .orderBy('build')
      .execute();
    return rows.map(generationOf);
  }

  async live(version: number): Promise<Generation | null> {
    const all = await this.all();
    return (
      all.find((generation) => generation.version === version && generation.state === 'live') ??
      null
    );
  }

  /** Takes tables in that were made before there was a catalogue; does nothing if it knows the version. */
  async adopt(version: number): Promise<void> {
    await this.#db
      .insertInto('generations')
      .values(this.#row({ version, build: 1 }, 'live', 'first'))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** A new generation, to be built. */
  async begin(version: number, purpose: BuildPurpose): Promise<Generation> {
    return this.#db.transaction().execute(async (db) => {
      const greatest = await db
        .selectFrom('generations')
        .select((read) => read.fn.max('build').as('build'))
        .where('version', '=', version)
        .executeTakeFirst();
      const build = (greatest?.build ?? 0) + 1;
      const row = this.#row({ version, build }, 'building', purpose);
      await db.insertInto('generations').values(row).execute();
      return generationOf(row);
    });
  }

  async note(generation: GenerationName, progress: BuildProgress): Promise<void> {
    const { handled, total, secondsLeft } = progress;
    await this.#db
      .updateTable('generations')
      .set({
        handled,
        total,
        seconds_left: secondsLeft === null ? null : Math.ceil(secondsLeft),
      })
      .where('version', '=', generation.version)
      .where('build', '=', generation.build)
      .execute();
  }

  /** Lets a build take the place of the live generation of its version. False when it isn't being built any more. */
  async makeLive({ version, build }: GenerationName): Promise<boolean> {
    return this.#db
      .transaction()
      .execute(async (db) => {
        const since = this.#now();
        const theirs = db.updateTable('generations').where('version', '=', version);
        await theirs.set({ state: 'retired', since }).where('state', '=', 'live').execute();
        const [made] = await theirs
          .set({ state: 'live', since })
          .where('build', '=', build)
          .where('state', '=', 'building')
          .execute();
        if (made?.numUpdatedRows === 1n) return true;
        throw new NoLongerBuilding();
      })
      .catch((error: unknown) => {
        if (error instanceof NoLongerBuilding) return false;
        throw error;
      });
  }

  /** Nobody may read it any more, though no other has taken its place. */
  async withdraw({ version, build }: GenerationName): Promise<void> {
    await this.#db
      .updateTable('generations')
      .set({ state: 'retired', since: this.#now() })
      .where('version', '=', version)
      .where('build', '=', build)
      .where('state', '=', 'live')
      .execute();
  }

  /** Its tables are gone, or about to go. */
  async markRemoved({ version, build }: GenerationName): Promise<void> {
    await this.#db
      .updateTable('generations')
      .set({ state: 'removed', since: this.#now() })
      .where('version', '=', version)
      .where('build', '=', build)
      .execute();
  }

  async close(): Promise<void> {
    await this.#db.destroy();
  }

  #row(
    { version, build }: GenerationName,
    state: GenerationState,
    purpose: BuildPurpose,
  ): Selectable<GenerationTable> {
    const since = this.#now();
    return { version, build, state, purpose, handled: 0, total: 0, seconds_left: null, since };
  }
}

/** Rolls the transaction back. */
class NoLongerBuilding extends Error {}

function generationOf(row: Selectable<GenerationTable>): Generation {
  return {
    version: row.version,
    build: row.build,
    state: stateOf(row.state),
    purpose: row.purpose === 'again' ? 'again' : 'first',
    progress: {
      handled: row.handled,
      total: row.total,
      secondsLeft: row.seconds_left,
    },
    since: row.since,
  };
}

function stateOf(text: string): GenerationState {
  switch (text) {
    case 'building':
    case 'live':
    case 'retired':
      return text;
    default:
      return 'removed';
  }
}
