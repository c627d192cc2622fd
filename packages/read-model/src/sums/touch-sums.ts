import { sql, type Kysely } from 'kysely';
import type { Breathe } from '../database/breathe.ts';
import { nameOfGroup, PLACE, touchGroup, TOUCH_GROUPINGS, type TouchGroup } from './groupings.ts';
import { deletion, insertion, type Session } from '../database/session.ts';
import { inSpans } from './spans.ts';
import type { Tables, TouchSumTable } from '../tables/index.ts';

/** What a day's touches at a place come to, or what changes of that. */
export interface PlaceCounts extends TouchGroup {
  readonly day: number;
  readonly clicks: number;
  readonly visits: number;
  readonly visitors: number;
}

/** To be compiled with a day: what is kept of its places, of which all other sums are made. */
export function placesOfDay(db: Kysely<Tables>) {
  return db
    .selectFrom('touch_sums')
    .selectAll()
    .where('grouping', '=', sql.lit(PLACE))
    .where('days', '=', sql.lit(1))
    .where('day', '=', 0)
    .where('partner_id', '=', sql.lit(''))
    .where('programme_id', '=', sql.lit(''));
}

const addSums = insertion('touch_sums', 'add');
const dropEmpty = deletion('touch_sums', sql`clicks = 0 and visits = 0 and visitors = 0`);

/** Adds them to the days of their places, of which all other sums are made. */
export async function addPlaceDays(
  session: Session,
  counts: readonly PlaceCounts[],
): Promise<void> {
  await write(session, counts.map(placeDay));
}

/** Whose a place is, isn't part of it. */
function placeDay(counts: PlaceCounts): TouchSumTable {
  return { ...counts, grouping: PLACE, days: 1, partner_id: '', programme_id: '' };
}

/** Adds them to the sums of every grouping and span, but for the days of places. */
export async function addTouchSums(
  session: Session,
  counts: readonly PlaceCounts[],
  breathe?: Breathe,
): Promise<void> {
  for (const grouping of TOUCH_GROUPINGS) {
    const days = addUp(
      counts.map((count) => ({
        ...count,
        ...touchGroup(count, grouping),
        grouping: grouping.name,
        days: 1,
      })),
    );
    const sums = inSpans(days, grouping.spanDays, addUp);
    await write(session, sums.filter(isNoPlaceDay), breathe);
  }
}

function isNoPlaceDay({ grouping, days }: TouchSumTable): boolean {
  return grouping !== PLACE || days > 1;
}

async function write(
  session: Session,
  sums: readonly TouchSumTable[],
  breathe?: Breathe,
): Promise<void> {
  const changed = sums.filter(isChange);
  await addSums(session, changed, breathe);
  for (const sum of changed) {
    if (sum.clicks < 0 || sum.visits < 0) await dropEmpty(session, sum);
  }
}

function isChange({ clicks, visits, visitors }: TouchSumTable): boolean {
  return clicks !== 0 || visits !== 0 || visitors !== 0;
}

function addUp(rows: readonly TouchSumTable[]): readonly TouchSumTable[] {
  const sums = new Map<string, TouchSumTable>();
  for (const row of rows) {
    const name = `${row.day} ${nameOfGroup(row)}`;
    const known = sums.get(name);
    if (known === undefined) sums.set(name, { ...row });
    else add(known, row);
  }
  return [...sums.values()];
}

function add(sum: TouchSumTable, { clicks, visits, visitors }: TouchSumTable): void {
  sum.clicks += clicks;
  sum.visits += visits;
  sum.visitors += visitors;
}
