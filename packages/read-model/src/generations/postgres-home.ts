import { quietPool } from '@provisie/postgres';
import { Kysely, PostgresDialect, sql } from 'kysely';
import type { LockTimes } from '../leadership/locks.ts';
import { openPostgresLocks } from '../leadership/postgres-locks.ts';
import { placeText } from '../postgres/address.ts';
import { clientConfig } from '../postgres/connection.ts';
import { openPostgresReadModel } from '../postgres/postgres-read-model.ts';
import { readModelFailure } from '../postgres/read-model-failure.ts';
import { READABLE_VERSIONS, READ_MODEL_VERSION } from '../version.ts';
import { Catalogue, type CatalogueTables } from './catalogue.ts';
import type { Generation, GenerationName } from './generation.ts';
import { HandledRelay } from './handled-relay.ts';
import type { HomeOptions, ReadModelHome } from './read-model-home.ts';

export interface PostgresHomeOptions extends HomeOptions {
  /** `postgres://user:password@host:port/database`. The user may make schemas in it. */
  readonly url: string;
  readonly lockTimes?: LockTimes;
}

/** The schema of the catalogue. */
const CATALOGUE = 'provisie_read_models';

/**
 * A generation is a schema of the database; `provisie_read_models` says which is live, and who leads. Throws
 * `ReadModelDatabaseError` when the database can't be reached.
 */
export async function openPostgresReadModelHome(
  options: PostgresHomeOptions,
): Promise<ReadModelHome> {
  const { url, version = READ_MODEL_VERSION, lockTimes } = options;
  const where = placeText({ url, schema: CATALOGUE });
  const db = catalogueConnection(url);
  try {
    await makeCatalogueSchema(db);
    const catalogue = Catalogue.of(db, options.now ?? Date.now);
    await adoptSchemas(db, catalogue);
    const locks = openPostgresLocks({
      client: clientConfig(url, 'lock'),
      schema: CATALOGUE,
      ...(lockTimes === undefined ? {} : { times: lockTimes }),
    });
    const relay = new HandledRelay();
    return {
      version,
      readableVersions: options.readableVersions ?? READABLE_VERSIONS,
      catalogue,
      locks,
      where,
      generations: () => generationsIn(db, catalogue),
      open: async (generation, mode) => {
        const schema = schemaOf(generation);
        const opened = await openPostgresReadModel({ url, schema, readOnly: mode === 'read' });
        return relay.add(generation, mode, opened);
      },
      remove: async (generation) => {
        await dropSchema(db, schemaOf(generation));
        await catalogue.markRemoved(generation);
      },
      close: async () => {
        await locks.close();
        await catalogue.close();
      },
    };
  } catch (error) {
    await db.destroy();
    throw readModelFailure(where, error);
  }
}

/** The first build keeps the name that a version's only schema has without a home. */
function schemaOf({ version, build }: GenerationName): string {
  return build === 1 ? `read_model_v${version}` : `read_model_v${version}_b${build}`;
}

function catalogueConnection(url: string): Kysely<CatalogueTables> {
  const pool = quietPool({ ...clientConfig(url, 'catalogue'), max: 2 });
  return new Kysely<CatalogueTables>({ dialect: new PostgresDialect({ pool }) }).withSchema(
    CATALOGUE,
  );
}

/** Several processes may start at once: one makes it, the others wait. */
async function makeCatalogueSchema(db: Kysely<CatalogueTables>): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${CATALOGUE}, 0))`.execute(transaction);
    await sql`create schema if not exists ${sql.id(CATALOGUE)}`.execute(transaction);
    await sql`create table if not exists ${sql.id(CATALOGUE, 'lock_tokens')} (
      only_one integer primary key, token bigint not null, taken_last text not null)`.execute(
      transaction,
    );
    await Catalogue.makeTables(transaction);
  });
}

async function schemasIn(db: Kysely<CatalogueTables>): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ nspname: string }>`
    select nspname from pg_namespace where nspname ~ '^read_model_v[0-9]'`.execute(db);
  return new Set(rows.map((row) => row.nspname));
}

async function adoptSchemas(db: Kysely<CatalogueTables>, catalogue: Catalogue): Promise<void> {
  const known = new Set((await catalogue.all()).map((generation) => generation.version));
  for (const schema of await schemasIn(db)) {
    const version = Number(/^read_model_v(\d{1,9})$/.exec(schema)?.[1] ?? 0);
    if (version > 0 && !known.has(version)) await catalogue.adopt(version);
  }
}

/** A schema may be dropped at any time: then its generation is gone. */
async function generationsIn(
  db: Kysely<CatalogueTables>,
  catalogue: Catalogue,
): Promise<Generation[]> {
  const all = await catalogue.all();
  const schemas = await schemasIn(db);
  const there: Generation[] = [];
  for (const generation of all) {
    if (generation.state === 'removed') continue;
    // A build has a row before it has a schema.
    if (generation.state === 'building' || schemas.has(schemaOf(generation))) {
      there.push(generation);
    } else await catalogue.markRemoved(generation);
  }
  return there;
}

/** Doesn't wait for who still reads it for long: others would wait behind. It is tried again. */
async function dropSchema(db: Kysely<CatalogueTables>, schema: string): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await sql`set local lock_timeout to 1000`.execute(transaction);
    await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(transaction);
  });
}
