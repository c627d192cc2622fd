import { createHash } from 'node:crypto';
import type { PayoutLine } from '@provisie/domain';
import { z } from 'zod';
import { heldTable, type HeldChanges } from './held-rows.ts';
import { statement, type Session } from '../database/session.ts';
import type { DecisionReadTable, ReadKind } from '../tables/index.ts';

/** Earlier than every event: of a fact whose own time doesn't limit whom it concerns. */
export const FROM_THE_BEGINNING = 0;

/** Terms that a payout prices an order by, as they are read: whenever they take effect. */
export function termsKey({
  programmeId,
  termsVersion,
}: Pick<PayoutLine, 'programmeId' | 'termsVersion'>): string {
  return `${programmeId} ${termsVersion}`;
}

/** What one decision read, gathered while its facts are looked up. */
export class Reads {
  readonly #rows = new Map<string, ReadRow>();

  /** An event about (`kind`, `key`) that takes effect after `until` can't change the decision. */
  add(kind: ReadKind, key: string, until: number): void {
    const kept = keptKey(key);
    const name = `${kind} ${kept}`;
    const known = this.#rows.get(name);
    if (known === undefined || known[2] < until) this.#rows.set(name, [kind, kept, until]);
  }

  rows(): ReadRow[] {
    return [...this.#rows.values()].sort(byKindAndKey);
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

const asRows = z.custom<readonly ReadRow[]>();

function byKindAndKey(a: ReadRow, b: ReadRow): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] < b[1] ? -1 : 1;
}

export function readsOfText(text: string): readonly ReadRow[] {
  return asRows.parse(JSON.parse(text));
}

/** What reads a thing may be every order there is, so they aren't looked up: see `ordersThatRead`. */
export const readTable = heldTable('decision_reads', {
  keyOf: nameOfRead,
  idOf: ({ order_id }: DecisionReadTable) => order_id,
});

function nameOfRead({ kind, key }: Pick<DecisionReadTable, 'kind' | 'key'>): string {
  return `${kind} ${key}`;
}

/** Makes the rows of an order's decision those of `after`. */
export function replaceReads(
  held: HeldChanges<DecisionReadTable>,
  orderId: string,
  before: readonly ReadRow[],
  after: readonly ReadRow[],
): void {
  const gone = new Map(before.map((read) => [`${read[0]} ${read[1]}`, read]));
  for (const read of after) {
    const [kind, key, until] = read;
    const name = `${kind} ${key}`;
    if (gone.get(name)?.[2] !== until) held.put({ kind, key, order_id: orderId, until });
    gone.delete(name);
  }
  for (const [kind, key, until] of gone.values()) {
    held.drop({ kind, key, order_id: orderId, until });
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

/** The orders whose decision read (`kind`, `key`) at `from` or later; `held`: what isn't in the table yet. */
export async function ordersThatRead(
  session: Session,
  held: HeldChanges<DecisionReadTable>,
  kind: ReadKind,
  key: string,
  from: number,
): Promise<ReadonlySet<string>> {
  const kept = keptKey(key);
  const rows = await readers(session, kind, kept, from);
  const orderIds = new Set(rows.map((row) => row.order_id));
  for (const { row, isThere } of held.of(nameOfRead({ kind, key: kept }))) {
    if (isThere && row.until >= from) orderIds.add(row.order_id);
    else orderIds.delete(row.order_id);
  }
  return orderIds;
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
