import { daySchema } from '@provisie/domain';
import type { RecordedEvent } from '@provisie/event-store';
import { UsageError } from '@provisie/process';

/** Up to where a log is wanted, that included. */
export type Point =
  | { readonly kind: 'position'; readonly position: number }
  /** Of `recordedAt`: UTC milliseconds. */
  | { readonly kind: 'moment'; readonly at: number };

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Reads `--until`; throws `UsageError`. */
export function pointOf(text: string): Point {
  if (/^[1-9]\d{0,15}$/.test(text)) return { kind: 'position', position: Number(text) };
  const at = isMoment(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return { kind: 'moment', at };
  throw new UsageError(
    `--until must be a position such as 1042, or a moment such as 2026-03-31T22:00:00Z or 2026-04-01T00:00:00+02:00; it is ${JSON.stringify(text)}.`,
  );
}

/** Of 30 February, Date.parse would make 2 March. */
function isMoment(text: string): boolean {
  return MOMENT.test(text) && daySchema.safeParse(text.slice(0, 10)).success;
}

/**
 * Whether an event is wanted, when `before` was. What was recorded in one step stays together: half of it would be a
 * state that never was.
 */
export function reaches(point: Point, event: RecordedEvent, before: RecordedEvent | null): boolean {
  if (point.kind === 'moment') return event.recordedAt <= point.at;
  return event.position <= point.position || event.recordedAt === before?.recordedAt;
}
