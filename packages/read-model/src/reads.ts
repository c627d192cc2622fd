import { createHash } from 'node:crypto';
import { z } from 'zod';
import { command, insertion, statement, type Session } from './session.ts';
import type { ReadKind } from './tables.ts';

/** Later than every event: what is read whenever it happened. */
export const ALWAYS = 8_640_000_000_000_000;
/** Earlier than every event: of a fact whose own time doesn't limit whom it concerns. */
export const FROM_THE_BEGINNING = 0;

/** What one decision read, gathered while its facts are loaded. */
export class Reads {
  readonly #until = new Map<string, number>();

  /** An event about (`kind`, `key`) that takes effect after `until` can't change the decision. */
  add(kind: ReadKind, key: string, until: number): void {
    const name = `${kind} ${keptKey(key)}`;
    const known = this.#until.get(name);
    if (known === undefined || known < until) this.#until.set(name, until);
  }

  rows(): ReadRow[] {
    return [...this.#until]
      .map(([name, until]): ReadRow => {
        const space = name.indexOf(' ');
        return [asKind.parse(name.slice(0, space)), name.slice(space + 1), until];
      })
      .sort(byKindAndKey);
  }
}

/** What fits into an index in whatever script: 4 bytes a character. */
const LONGEST_KEY = 400;

/** The key as it is kept: a long one, as UTM values may be, as its digest. */
function keptKey(key: string): string {
  return key.length <= LONGEST_KEY
    ? key.toWellFormed()
    : createHash('sha256').update(key).digest('base64url');
}

export type ReadRow = readonly [kind: ReadKind, key: string, until: number];

const asKind = z.custom<ReadKind>();
const asRows = z.custom<readonly ReadRow[]>();

function byKindAndKey(a: ReadRow, b: ReadRow): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : 1;
}

export function readsOfText(text: string): readonly ReadRow[] {
  return asRows.parse(JSON.parse(text));
}

const insertReads = insertion('decision_reads', 'replace');
const deleteRead = command((db) =>
  db
    .deleteFrom('decision_reads')
    .where('kind', '=', 'link')
    .where('key', '=', '')
    .where('order_id', '=', '')
    .compile(),
);

/** Makes the rows of an order's decision those of `after`. */
export async function replaceReads(
  session: Session,
  orderId: string,
  before: readonly ReadRow[],
  after: readonly ReadRow[],
): Promise<void> {
  const known = new Map(before.map(([kind, key, until]) => [`${kind} ${key}`, until]));
  const changed = after.filter(([kind, key, until]) => known.get(`${kind} ${key}`) !== until);
  for (const [kind, key] of after) known.delete(`${kind} ${key}`);
  await insertReads(
    session,
    changed.map(([kind, key, until]) => ({ kind, key, order_id: orderId, until })),
  );
  for (const [kind, key] of before) {
    if (known.has(`${kind} ${key}`)) await deleteRead(session, kind, key, orderId);
  }
}

const readers = statement((db) =>
  db
    .selectFrom('decision_reads')
    .select('order_id')
    .where('kind', '=', 'link')
    .where('key', '=', '')
    .where('until', '>=', 0)
    .compile(),
);

/** The orders whose decision read (`kind`, `key`) at `from` or later. */
export async function ordersThatRead(
  session: Session,
  kind: ReadKind,
  key: string,
  from: number,
): Promise<string[]> {
  return (await readers(session, kind, keptKey(key), from)).map((row) => row.order_id);
}

const lastRead = statement((db, dialect) =>
  db
    .selectFrom('decision_reads')
    .select(['key', (read) => read.fn.max('until').as('until')])
    .where('kind', '=', 'link')
    .where('key', dialect.is, dialect.anyOf([]))
    .groupBy('key')
    .compile(),
);

/** Up to when decisions read each of `keys`; those that none read are left out. */
export async function readUntil(
  session: Session,
  kind: ReadKind,
  keys: ReadonlySet<string>,
): Promise<Map<string, number>> {
  if (keys.size === 0) return new Map();
  const rows = await lastRead(session, kind, [...keys]);
  return new Map(rows.map((row) => [row.key, row.until]));
}
