/** Compares two ids by code unit, as every tie between ids is broken. */
export function compareIds(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

interface Dated {
  readonly occurredAt: number;
}

/** Earliest first. */
export function compareTimes(a: Dated, b: Dated): number {
  return a.occurredAt - b.occurredAt;
}
