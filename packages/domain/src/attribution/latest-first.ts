import { compareIds } from '../order-of.ts';

interface Touched {
  readonly touchId: string;
  readonly occurredAt: number;
}

/** Rule 4: the latest first, of one millisecond the greater id. */
export function latestFirst(a: Touched, b: Touched): number {
  return b.occurredAt - a.occurredAt || compareIds(b.touchId, a.touchId);
}
