import type { ClientBase } from 'pg';

/** A schema with a version, kept in its table `format`. */
export interface OwnSchema {
  /** Such as needs no quotes. */
  readonly name: string;
  /** Tells it from a schema of the same name that another program made. */
  readonly kind: string;
  /** The two keys of the advisory lock that one process at a time sets up with. */
  readonly lock: readonly [number, number];
  /** `migrations[n]` takes it from version n to n + 1. One that was released is never changed. */
  readonly migrations: readonly string[];
}

export type SetUp =
  | { readonly kind: 'ready' }
  /** Another program's, or of a newer version: it was left as it was. */
  | { readonly kind: 'foreign' | 'newer'; readonly message: string };

/**
 * Makes the schema or brings it up to date; one that is up to date is only looked at, so that a role that may not
 * change it can start. When it rejects, the client is to be ended: a transaction may be open.
 *
 * @param what what is kept there, within a sentence: `the vault (postgres://user@host/database)`
 */
export async function setUpSchema(
  client: ClientBase,
  own: OwnSchema,
  what: string,
): Promise<SetUp> {
  const newest = own.migrations.length;
  let version = await versionOf(client, own);
  if (version !== null && version < newest) {
    await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
    await client.query('SELECT pg_advisory_xact_lock($1, $2)', [...own.lock]);
    version = await versionOf(client, own);
    if (version !== null && version < newest) version = await migrated(client, own, version);
    await client.query('COMMIT');
  }
  if (version === null) {
    const message = `The schema ${own.name} for ${what} was made by another program. It was left as it was.`;
    return { kind: 'foreign', message };
  }
  if (version > newest) {
    const message = `A newer Provisie wrote ${what} (schema ${version}; this one knows ${newest}). It was left as it was; start the newer version.`;
    return { kind: 'newer', message };
  }
  return { kind: 'ready' };
}

/** Zero while there is nothing in it; null when it is none of ours. */
async function versionOf(client: ClientBase, { name, kind }: OwnSchema): Promise<number | null> {
  const looked = await client.query<{ empty: boolean; marked: boolean }>(`
    SELECT NOT EXISTS (SELECT FROM pg_class WHERE relnamespace = to_regnamespace('${name}')) AS empty,
      2 = (
        SELECT count(*) FROM pg_attribute
        WHERE attrelid = to_regclass('${name}.format') AND attname IN ('kind', 'version')
      ) AS marked
  `);
  const [schema] = looked.rows;
  if (schema?.empty === true) return 0;
  if (schema?.marked !== true) return null;
  const { rows } = await client.query<{ version: number }>(
    `SELECT version FROM ${name}.format WHERE kind::text = $1`,
    [kind],
  );
  return rows[0]?.version ?? null;
}

async function migrated(client: ClientBase, own: OwnSchema, from: number): Promise<number> {
  const { name, kind, migrations } = own;
  if (from === 0) {
    await makeNamespace(client, name);
    await client.query(
      `CREATE TABLE ${name}.format (kind text NOT NULL, version integer NOT NULL)`,
    );
    await client.query(`INSERT INTO ${name}.format VALUES ($1, 0)`, [kind]);
  }
  for (const migration of migrations.slice(from)) await client.query(migration);
  await client.query(`UPDATE ${name}.format SET version = $1`, [migrations.length]);
  return migrations.length;
}

/** Not IF NOT EXISTS: that wants the right to make one even where somebody made it for this role. */
async function makeNamespace(client: ClientBase, name: string): Promise<void> {
  const { rows } = await client.query<{ missing: boolean }>(
    `SELECT to_regnamespace('${name}') IS NULL AS missing`,
  );
  if (rows[0]?.missing === true) await client.query(`CREATE SCHEMA ${name}`);
}
