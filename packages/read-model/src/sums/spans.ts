/**
 * How many days are added up together: four weeks, a week, a day. A span begins on a day that its length divides, so
 * that every longer one is made of shorter ones.
 */
export const SPAN_DAYS = [28, 7, 1] as const;
/** Where there are about as many groups in a week as touches: adding these up too would cost more than it saves. */
export const FEWER_SPAN_DAYS = [28, 1] as const;

/** Where the span of that length begins that a day lies in. Days are whole days since 1970-01-01 (UTC). */
function startOfSpan(day: number, days: number): number {
  return Math.floor(day / days) * days;
}

interface Summed {
  readonly days: number;
  readonly day: number;
}

/** Sums of days as sums of every span that these lie in. `addUp` makes one of those that are of the same. */
export function inSpans<Row extends Summed>(
  rows: readonly Row[],
  spanDays: readonly number[],
  addUp: (rows: readonly Row[]) => readonly Row[],
): readonly Row[] {
  return spanDays.flatMap((days) =>
    addUp(rows.map((row) => ({ ...row, days, day: startOfSpan(row.day, days) }))),
  );
}

/** Spans of one length, one after the other; `times` -1: they are to be taken off. */
export interface Spans {
  readonly days: number;
  readonly first: number;
  /** Where the last one begins. */
  readonly last: number;
  readonly times: 1 | -1;
}

/**
 * As few spans as come to the days from `first` to `last`, both included: it may be fewer to take some off. None
 * reaches beyond `limit`, the first day of which there are no sums.
 */
export function spansFor(
  { first, last, limit }: { readonly first: number; readonly last: number; readonly limit: number },
  spanDays: readonly number[],
): readonly Spans[] {
  return spansBetween(first, last + 1, limit, spanDays, 1);
}

/** Whole spans as near as can be, and what is missing or too much at either end in shorter ones. */
function spansBetween(
  from: number,
  to: number,
  limit: number,
  [days, ...shorter]: readonly number[],
  times: 1 | -1,
): readonly Spans[] {
  if (days === undefined || from === to) return [];
  if (from > to) return spansBetween(to, from, limit, [days, ...shorter], times === 1 ? -1 : 1);
  const [begin, end] = [nearest(from, days, limit), nearest(to, days, limit)];
  if (begin === end) return spansBetween(from, to, limit, shorter, times);
  return [
    { days, first: begin, last: end - days, times },
    ...spansBetween(from, begin, limit, shorter, times),
    ...spansBetween(end, to, limit, shorter, times),
  ];
}

function nearest(day: number, days: number, limit: number): number {
  const nearest = Math.round(day / days) * days;
  return nearest > limit ? nearest - days : nearest;
}
