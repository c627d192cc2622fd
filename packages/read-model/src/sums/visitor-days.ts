import { sql } from 'kysely';
import { deletion, insertion, statement, type Session } from '../database/session.ts';
import type { VisitorDayTable } from '../tables/index.ts';

const insertDays = insertion('visitor_days', 'fail');
const insertRepeats = insertion('visitor_repeats', 'keep');

const placesOf = statement((db, dialect) =>
  db
    .selectFrom('visitor_days')
    .selectAll()
    .where('day', '=', 0)
    .where('visitor_id', dialect.is, dialect.anyOf([]))
    .compile(),
);

/** All places of one visitor on a day: those that are new, or gone, and those that stayed. */
export interface PlacesOfVisitor {
  readonly day: number;
  readonly stayed: readonly VisitorDayTable[];
  readonly changed: readonly VisitorDayTable[];
}

/**
 * Keeps where visitors were seen on a day; resolves to what is new of it, and to the places of whoever is at several
 * now. Those are at each of them in `visitor_repeats` too: where visitors of places are added up, they are all that was
 * counted twice.
 */
export async function keepVisitorDays(
  session: Session,
  seen: readonly VisitorDayTable[],
): Promise<{
  readonly fresh: readonly VisitorDayTable[];
  readonly repeats: readonly PlacesOfVisitor[];
}> {
  const visitors = new Map<string, Map<string, VisitorDayTable>>();
  for (const row of await knownPlaces(session, seen)) placesIn(visitors, row).set(nameOf(row), row);
  const fresh = seen.filter((row) => !placesIn(visitors, row).has(nameOf(row)));
  const isFresh = new Set(fresh);
  for (const row of fresh) placesIn(visitors, row).set(nameOf(row), row);
  const ofSeveral = new Set(
    fresh.map((row) => placesIn(visitors, row)).filter((places) => places.size > 1),
  );
  const repeats = Array.from(ofSeveral, (named): PlacesOfVisitor => {
    const places = [...named.values()];
    const changed = places.filter((row) => isFresh.has(row));
    const stayed = places.filter((row) => !isFresh.has(row));
    return { day: changed[0]?.day ?? 0, stayed, changed };
  });
  await insertDays(session, fresh);
  await insertRepeats(
    session,
    repeats.flatMap(({ stayed, changed }) => [...stayed, ...changed]),
  );
  return { fresh, repeats };
}

async function knownPlaces(
  session: Session,
  seen: readonly VisitorDayTable[],
): Promise<readonly VisitorDayTable[]> {
  const known: VisitorDayTable[] = [];
  for (const [day, rows] of Map.groupBy(seen, (row) => row.day)) {
    const visitorIds = new Set(rows.map((row) => row.visitor_id));
    known.push(...(await placesOf(session, day, [...visitorIds])));
  }
  return known;
}

/** All places of the visitor on that day. */
function placesIn(
  visitors: Map<string, Map<string, VisitorDayTable>>,
  { day, visitor_id }: VisitorDayTable,
): Map<string, VisitorDayTable> {
  const name = `${day} ${visitor_id}`;
  const places = visitors.get(name) ?? new Map<string, VisitorDayTable>();
  visitors.set(name, places);
  return places;
}

function nameOf({ link_code, campaign }: VisitorDayTable): string {
  return `${link_code} ${campaign}`;
}

const deleteDay = deletion('visitor_days');
const deleteRepeat = deletion('visitor_repeats');

/** Resolves to the places of the visitor on that day; to null where the one given wasn't among them. */
export async function dropVisitorDay(
  session: Session,
  row: VisitorDayTable,
): Promise<PlacesOfVisitor | null> {
  const places = await placesOf(session, row.day, [row.visitor_id]);
  const stayed = places.filter((place) => nameOf(place) !== nameOf(row));
  if (stayed.length === places.length) return null;
  await deleteDay(session, row);
  for (const place of stayed.length === 1 ? [row, ...stayed] : [row])
    await deleteRepeat(session, place);
  return { day: row.day, stayed, changed: [row] };
}

const repeatsAt = statement((db) =>
  db
    .selectFrom('visitor_repeats')
    .select(['day', 'visitor_id'])
    .distinct()
    .where('link_code', '=', '')
    .where('day', '<', 0)
    .orderBy('day')
    .compile(),
);

/** Of so many rows, and the rest of those of the last visitor among them. */
const repeatsAfter = statement((db) =>
  sql<VisitorDayTable>`
    select * from visitor_repeats where day = ${0} and visitor_id > ${''} and visitor_id <= (
      select max(visitor_id) from (
        select visitor_id from visitor_repeats where day = ${0} and visitor_id > ${''}
        order by visitor_id limit ${0}
      ) next
    )
    order by visitor_id`.compile(db),
);
const PART = 1000;

/** The places of each visitor who was at several that day; some visitors at a time. */
export async function* repeatsOfDay(
  session: Session,
  day: number,
): AsyncGenerator<readonly (readonly VisitorDayTable[])[]> {
  for (let after = ''; ;) {
    const rows = await repeatsAfter(session, day, after, day, after, PART);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield [...Map.groupBy(rows, (row) => row.visitor_id).values()];
    after = last.visitor_id;
  }
}

/** Day by day up to a day, the places of the visitors who were at a link and somewhere else that day. */
export async function* repeatsOfLink(
  session: Session,
  linkCode: string,
  before: number,
): AsyncGenerator<{
  readonly day: number;
  readonly places: readonly (readonly VisitorDayTable[])[];
}> {
  const rows = await repeatsAt(session, linkCode, before);
  for (const [day, seen] of Map.groupBy(rows, (row) => row.day)) {
    const visitorIds = seen.map(({ visitor_id }) => visitor_id);
    const places = Map.groupBy(await placesOf(session, day, visitorIds), (row) => row.visitor_id);
    yield { day, places: [...places.values()] };
  }
}
