import { sql, type CompiledQuery, type Kysely } from 'kysely';
import { TABLES, type TableName, type Tables } from '../tables/index.ts';

/** A payout or write-off names it: what is paid or taken back of it depends on the moment. An index holds just these. */
export const IS_SETTLED = sql<boolean>`(paid_cents <> 0 or taken_back_cents <> 0 or forgone_cents <> 0 or forgiven_cents <> 0)`;

/** As much of a text as fits into an index in whatever script. */
export const UTM_INDEXED = sql<string>`substr(utm, 1, ${sql.lit(400)})`;
export const indexedPartOf = (utm: string) => /^.{0,400}/su.exec(utm)?.[0] ?? '';

export interface Index {
  readonly name: string;
  readonly isUnique: boolean;
  readonly creation: CompiledQuery;
}

/** The indexes of a table beside that of its key. */
export function indexesOf(db: Kysely<Tables>, table: TableName): Index[] {
  const { indexes = {}, uniqueIndexes = {} } = TABLES[table];
  const on = (name: string) => db.schema.createIndex(name).ifNotExists().on(table);
  const plain = Object.entries(indexes).map(([name, columns]) => ({
    name,
    isUnique: false,
    creation: on(name)
      .columns([...columns])
      .compile(),
  }));
  const unique = Object.entries(uniqueIndexes).map(([name, columns]) => ({
    name,
    isUnique: true,
    creation: on(name)
      .unique()
      .columns([...columns])
      .compile(),
  }));
  return [...plain, ...partialIndexes(db, table), ...unique];
}

/** Of some rows of the table only. */
function partialIndexes(db: Kysely<Tables>, table: TableName): Index[] {
  if (table === 'touches') return visitIndexes(db);
  return table === 'open_items' ? [settledItems(db)] : [];
}

function settledItems(db: Kysely<Tables>): Index {
  const name = 'settled_items';
  const columns = ['partner_id', 'currency', 'order_id'];
  const index = db.schema.createIndex(name).ifNotExists().on('open_items').columns(columns);
  return { name, isUnique: false, creation: index.where(IS_SETTLED).compile() };
}

function visitIndexes(db: Kysely<Tables>): Index[] {
  const on = (name: string) =>
    db.schema
      .createIndex(name)
      .ifNotExists()
      .on('touches')
      .where(sql.ref('kind'), '=', sql.lit('visit'));
  const byUtm = on('visits_by_utm').expression(UTM_INDEXED).where(sql.ref('utm'), 'is not', null);
  const byRef = on('visits_by_ref').column('link_code').where(sql.ref('link_code'), 'is not', null);
  return [
    { name: 'visits_by_utm', isUnique: false, creation: byUtm.compile() },
    { name: 'visits_by_ref', isUnique: false, creation: byRef.compile() },
  ];
}
