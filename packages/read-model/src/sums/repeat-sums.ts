import { sql } from 'kysely';
import {
  isInOneGroup,
  nameOfGroup,
  REPEAT_GROUPINGS,
  touchGroup,
  type Grouping,
  type TouchGroup,
} from './groupings.ts';
import { deletion, insertion, type Session } from '../database/session.ts';
import { inSpans } from './spans.ts';
import type { RepeatSumTable } from '../tables/index.ts';

/** A place that a visitor of a day was found at, or is no more, beside all others of theirs. */
export interface PlaceChange {
  readonly day: number;
  readonly place: TouchGroup;
  readonly others: readonly TouchGroup[];
  readonly times: 1 | -1;
}

/** The places that changed, one after the other, beside those that stayed. */
export function placeChanges(
  day: number,
  {
    stayed,
    changed,
  }: { readonly stayed: readonly TouchGroup[]; readonly changed: readonly TouchGroup[] },
  times: 1 | -1,
): readonly PlaceChange[] {
  return changed.map((place, index) => ({
    day,
    place,
    others: [...stayed, ...changed.slice(0, index)],
    times,
  }));
}

const addSums = insertion('repeat_sums', 'add');
const dropEmpty = deletion('repeat_sums', sql`visitors = 0`);

/**
 * Keeps how many visitors each group counts too often when its places are added up: once for each place beside the
 * first that a visitor has there.
 */
export async function changeRepeats(
  session: Session,
  changes: readonly PlaceChange[],
): Promise<void> {
  for (const grouping of REPEAT_GROUPINGS) {
    const days = addUp(changes.filter((change) => isRepeat(change, grouping)).map(rowIn(grouping)));
    const changed = inSpans(days, grouping.spanDays, addUp).filter(
      ({ visitors }) => visitors !== 0,
    );
    await addSums(session, changed);
    for (const sum of changed) if (sum.visitors < 0) await dropEmpty(session, sum);
  }
}

function isRepeat({ place, others }: PlaceChange, grouping: Grouping): boolean {
  return others.some((other) => isInOneGroup(place, other, grouping));
}

function rowIn(grouping: Grouping): (change: PlaceChange) => RepeatSumTable {
  return ({ day, place, times }) => ({
    grouping: grouping.name,
    days: 1,
    day,
    ...touchGroup(place, grouping),
    visitors: times,
  });
}

function addUp(rows: readonly RepeatSumTable[]): readonly RepeatSumTable[] {
  const sums = new Map<string, RepeatSumTable>();
  for (const row of rows) {
    const name = `${row.day} ${nameOfGroup(row)}`;
    const known = sums.get(name);
    sums.set(name, { ...row, visitors: (known?.visitors ?? 0) + row.visitors });
  }
  return [...sums.values()];
}
