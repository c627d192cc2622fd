import {
  MOST_TOUCHES_OF_VISITOR,
  type IdentificationFact,
  type TouchFact,
  type Utm,
} from '@provisie/domain';
import { CompiledQuery, sql } from 'kysely';
import { z } from 'zod';
import {
  command,
  countedInsertion,
  insertion,
  statement,
  type Session,
} from '../database/session.ts';
import { indexedPartOf, UTM_INDEXED } from '../database/indexes.ts';
import type { IdentificationTable, TouchTable } from '../tables/index.ts';

/** The same text for equal UTM values; null for none. */
export function utmKey(utm: Utm | null | undefined): string | null {
  if (utm === null || utm === undefined) return null;
  const { source, medium, campaign, term, content } = utm;
  return JSON.stringify({ source, medium, campaign, term, content });
}

/** Written by us from a touch, so its shape needs no second check. */
const utmAsWritten = z.custom<Utm>();

/** The UTM values that a row holds. */
export function utmOfText(text: string | null): Utm | null {
  return text === null ? null : utmAsWritten.parse(JSON.parse(text));
}

/** A touch with its place in the log. */
export interface TouchAt {
  readonly touch: TouchFact;
  readonly position: number;
}

export function touchRow({ touch, position }: TouchAt): TouchTable {
  return {
    position,
    touch_id: touch.touchId,
    kind: touch.kind,
    visitor_id: touch.visitorId,
    occurred_at: touch.occurredAt,
    recorded_at: touch.recordedAt,
    link_code: touch.linkCode,
    coupon_code: touch.couponCode,
    click_id: touch.clickId,
    utm: utmKey(touch.utm),
    bot: touch.bot ? 1 : 0,
    consent: touch.consent,
    country: touch.country,
  };
}

function touchOfRow(row: TouchTable): TouchAt {
  const touch: TouchFact = {
    touchId: row.touch_id,
    kind: row.kind,
    visitorId: row.visitor_id,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    linkCode: row.link_code,
    couponCode: row.coupon_code,
    clickId: row.click_id,
    utm: utmOfText(row.utm),
    bot: row.bot === 1,
    consent: row.consent,
    country: row.country,
  };
  return { touch, position: row.position };
}

const insertNew = countedInsertion('touches', 'keep');

/** Inserts the touches whose id isn't there yet; resolves to how many those were. */
export function addTouches(session: Session, touches: readonly TouchAt[]): Promise<number> {
  return insertNew(session, touches.map(touchRow));
}

const deleteOfId = command((db) => db.deleteFrom('touches').where('touch_id', '=', '').compile());
const deleteAt = command((db) => db.deleteFrom('touches').where('position', '=', 0).compile());

/** In place of the one that has its id. */
export async function replaceTouch(session: Session, at: TouchAt): Promise<void> {
  await deleteOfId(session, at.touch.touchId);
  await addTouches(session, [at]);
}

export async function removeTouchAt(session: Session, position: number): Promise<void> {
  await deleteAt(session, position);
}

const beginInsert = command(() => CompiledQuery.raw('savepoint touches'));
const undoInsert = command(() => CompiledQuery.raw('rollback to savepoint touches'));
const endInsert = command(() => CompiledQuery.raw('release savepoint touches'));

/** Inserts all the touches, or none when an id is there already: false. */
export async function addTouchesUnlessKnown(
  session: Session,
  touches: readonly TouchAt[],
): Promise<boolean> {
  if (touches.length === 0) return true;
  await beginInsert(session);
  const isNew = (await addTouches(session, touches)) === touches.length;
  if (!isNew) await undoInsert(session);
  await endInsert(session);
  return isNew;
}

const byIds = statement((db, dialect) =>
  db.selectFrom('touches').selectAll().where('touch_id', dialect.is, dialect.anyOf([])).compile(),
);

export async function touchesById(
  session: Session,
  touchIds: Iterable<string>,
): Promise<TouchAt[]> {
  const list = [...touchIds];
  if (list.length === 0) return [];
  return (await byIds(session, list)).map(touchOfRow);
}

/** Of each visitor the latest before a moment: as many as an order considers, and whatever else is of the earliest's moment. */
const latestBefore = statement((db, dialect) => {
  const earliest = sql`
    select counted.occurred_at from touches as counted
    where counted.visitor_id = visitor.value and counted.occurred_at < ${0}
    order by counted.occurred_at desc limit 1 offset ${sql.lit(MOST_TOUCHES_OF_VISITOR - 1)}`;
  return sql<TouchTable>`
    select touches.* from ${dialect.each([], 'visitor')} cross join touches
    where touches.visitor_id = visitor.value and touches.occurred_at < ${0}
      and touches.occurred_at >= coalesce((${earliest}), 0)`.compile(db);
});

/** Of each of these visitors the latest before a moment; fewer than an order considers: that is all. */
export async function latestTouchesOf(
  session: Session,
  visitorIds: Iterable<string>,
  before: number,
): Promise<TouchAt[]> {
  const list = [...visitorIds];
  if (list.length === 0) return [];
  return (await latestBefore(session, list, before, before)).map(touchOfRow);
}

const between = statement((db) =>
  db
    .selectFrom('touches')
    .selectAll()
    .where('visitor_id', '=', '')
    .where('occurred_at', '>=', 0)
    .where('occurred_at', '<', 0)
    .compile(),
);

/** The touches of a visitor from one moment on until before another. */
export async function touchesBetween(
  session: Session,
  visitorId: string,
  from: number,
  before: number,
): Promise<TouchAt[]> {
  return (await between(session, visitorId, from, before)).map(touchOfRow);
}

const visitsByUtm = statement((db, dialect) =>
  db
    .selectFrom('touches')
    .selectAll()
    .where(UTM_INDEXED, dialect.is, dialect.anyOf([]))
    .where('utm', dialect.is, dialect.anyOf([]))
    .where('utm', 'is not', null)
    .where('kind', '=', sql.lit('visit'))
    .compile(),
);
const visitsByRef = statement((db) =>
  db
    .selectFrom('touches')
    .selectAll()
    .where('link_code', '=', '')
    .where('kind', '=', sql.lit('visit'))
    .compile(),
);

/** The visits whose page was opened with this `ref` or with any of these UTM values. */
export async function visitsNaming(
  session: Session,
  ref: string,
  utmKeys: readonly string[],
): Promise<TouchFact[]> {
  const rows = [
    ...(await visitsByRef(session, ref)),
    ...(await visitsByUtm(session, utmKeys.map(indexedPartOf), utmKeys)),
  ];
  const visits = new Map<string, TouchFact>();
  for (const row of rows) visits.set(row.touch_id, touchOfRow(row).touch);
  return [...visits.values()];
}

const placeAhead = statement((db) =>
  db
    .selectFrom('touches')
    .select('position')
    .where('position', '>', 0)
    .orderBy('position')
    .limit(1)
    .offset(0)
    .compile(),
);

const visitsAfter = statement((db) =>
  db
    .selectFrom('touches')
    .selectAll()
    .where('position', '>', 0)
    .where('position', '<=', 0)
    .where('kind', '=', sql.lit('visit'))
    .orderBy('position')
    .compile(),
);

/** The visits among the next `most` touches after a position, and up to where those go; null: to the end. */
export async function visitsAmong(
  session: Session,
  range: { readonly after: number; readonly until: number },
  most: number,
): Promise<{ readonly visits: readonly TouchFact[]; readonly to: number | null }> {
  const [last] = await placeAhead(session, range.after, 1, most - 1);
  const to = last === undefined || last.position >= range.until ? null : last.position;
  const rows = await visitsAfter(session, range.after, to ?? range.until);
  return { visits: rows.map((row) => touchOfRow(row).touch), to };
}

const insertIdentification = insertion('identifications', 'replace');

export async function putIdentification(
  session: Session,
  identification: IdentificationFact,
): Promise<void> {
  await insertIdentification(session, [
    {
      touch_id: identification.touchId,
      visitor_id: identification.visitorId,
      customer: identification.customer,
      occurred_at: identification.occurredAt,
      recorded_at: identification.recordedAt,
    },
  ]);
}

const identificationById = statement((db) =>
  db.selectFrom('identifications').selectAll().where('touch_id', '=', '').compile(),
);

export async function identificationOf(
  session: Session,
  touchId: string,
): Promise<IdentificationFact | null> {
  const [row] = await identificationById(session, touchId);
  return row === undefined ? null : identificationOfRow(row);
}

const identificationsBy = statement((db, dialect) =>
  db
    .selectFrom('identifications')
    .selectAll()
    .where('customer', dialect.is, dialect.anyOf([]))
    .where('occurred_at', '<=', 0)
    .compile(),
);

/** Who was identified as any of these customers, up to and including `until`. */
export async function identificationsOfCustomers(
  session: Session,
  customers: Iterable<string>,
  until: number,
): Promise<IdentificationFact[]> {
  const rows = await identificationsBy(session, [...customers], until);
  return rows.map(identificationOfRow);
}

function identificationOfRow(row: IdentificationTable): IdentificationFact {
  return {
    touchId: row.touch_id,
    visitorId: row.visitor_id,
    customer: row.customer,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
  };
}
