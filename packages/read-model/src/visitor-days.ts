import { deletion, insertion, statement, type Session } from './session.ts';
import type { VisitorDayTable } from './tables.ts';

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

/**
 * Keeps where visitors were seen on a day; resolves to what is new of it. Whoever was at several places is at each of
 * them in `visitor_repeats` too: where visitors of places are added up, those are all that was counted twice.
 */
export async function keepVisitorDays(
  session: Session,
  seen: readonly VisitorDayTable[],
): Promise<readonly VisitorDayTable[]> {
  const visitors = new Map<string, Map<string, VisitorDayTable>>();
  for (const row of await knownPlaces(session, seen)) placesIn(visitors, row).set(nameOf(row), row);
  const fresh = seen.filter((row) => !placesIn(visitors, row).has(nameOf(row)));
  for (const row of fresh) placesIn(visitors, row).set(nameOf(row), row);
  const repeats = new Set(fresh.map((row) => placesIn(visitors, row)));
  await insertDays(session, fresh);
  await insertRepeats(
    session,
    [...repeats]
      .filter((places) => places.size > 1)
      .flatMap((places) => Array.from(places.values())),
  );
  return fresh;
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

/** Resolves to false where it wasn't there. */
export async function dropVisitorDay(session: Session, row: VisitorDayTable): Promise<boolean> {
  const places = await placesOf(session, row.day, [row.visitor_id]);
  const left = places.filter((place) => nameOf(place) !== nameOf(row));
  if (left.length === places.length) return false;
  await deleteDay(session, row);
  for (const place of left.length === 1 ? [row, ...left] : [row])
    await deleteRepeat(session, place);
  return true;
}
